//! Which bytes of a text make words of ASCII, sixty-four at a time.

/// Bytes looked at at once.
pub(crate) const WINDOW: usize = 64;

/// Most words that stand in so many bytes, with something between them.
pub(crate) const MAX_IN_WINDOW: usize = WINDOW / 2;

/// Classes of the bytes of a window, a bit each, the first byte's lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Runs {
    /// ASCII letters and digits.
    pub(crate) plain: u64,
    /// What needs a closer look wherever it stands: underscores and all that is not ASCII.
    pub(crate) other: u64,
}

impl Runs {
    /// Tells the classes of a window, in loops over all of it that the compiler turns into some of sixteen bytes a step.
    #[inline]
    pub(crate) fn of(window: &[u8; WINDOW]) -> Runs {
        let plain =
            mask(window, |byte| ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10));
        let is_other = |byte| (byte >= 128) | (byte == b'_');
        // Rare in English, where looking for any is cheaper than telling where.
        let has_other = window.iter().fold(false, |found, &byte| found | is_other(byte));
        Runs { plain, other: if has_other { mask(window, is_other) } else { 0 } }
    }
}

/// The bytes of a class, a bit each.
#[inline]
fn mask(window: &[u8; WINDOW], is_of_class: impl Fn(u8) -> bool) -> u64 {
    let mut flags = [0_u8; WINDOW];
    for (flag, &byte) in flags.iter_mut().zip(window) {
        *flag = u8::from(is_of_class(byte));
    }
    let eights = flags.as_chunks::<8>().0.iter().enumerate();
    eights.fold(0, |mask, (at, &eight)| mask | bits(u64::from_le_bytes(eight)) << (8 * at))
}

/// The lowest bits of eight bytes side by side.
const fn bits(low: u64) -> u64 {
    low.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The slow twin.
    fn slowly(window: &[u8; WINDOW]) -> Runs {
        let mask = |is: fn(u8) -> bool| window.iter().rev().fold(0, |mask, &b| mask << 1 | u64::from(is(b)));
        Runs { plain: mask(|b| b.is_ascii_alphanumeric()), other: mask(|b| b == b'_' || b >= 128) }
    }

    #[test]
    fn every_byte_is_told_at_every_place() {
        for byte in 0..=255 {
            for place in 0..WINDOW {
                let mut window = [b' '; WINDOW];
                window[place] = byte;
                assert_eq!(Runs::of(&window), slowly(&window), "{byte} at {place}");
            }
            assert_eq!(Runs::of(&[byte; WINDOW]), slowly(&[byte; WINDOW]), "{byte}");
        }
    }

    proptest! {
        #[test]
        fn as_the_slow_twin_tells(window in prop::array::uniform32(0_u8..), more in prop::array::uniform32(0_u8..)) {
            let window: [u8; WINDOW] = [window, more].concat().try_into().unwrap();
            prop_assert_eq!(Runs::of(&window), slowly(&window));
        }
    }
}

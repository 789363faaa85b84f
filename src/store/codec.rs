//! Records as bytes: short numbers take one byte, lists begin with their length.

/// Something that can be put away and read back.
pub trait Record: Sized {
    /// Adds its bytes to `out`.
    fn put(&self, out: &mut Vec<u8>);

    /// Takes it off the front of `from`; `None` if the bytes are none of its kind.
    fn get(from: &mut &[u8]) -> Option<Self>;
}

/// Adds `value`, seven bits a byte, lowest first.
pub fn put_number(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Takes a number that [`put_number`] added.
pub fn get_number(from: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = from.split_first()?;
        *from = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

/// Takes `n` bytes.
pub fn get_bytes<'b>(n: usize, from: &mut &'b [u8]) -> Option<&'b [u8]> {
    let (bytes, rest) = from.split_at_checked(n)?;
    *from = rest;
    Some(bytes)
}

/// Takes eight bytes as a number.
pub fn get_fixed(from: &mut &[u8]) -> Option<u64> {
    get_bytes(8, from).and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes)
}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Record for $type {
            fn put(&self, out: &mut Vec<u8>) {
                put_number(*self as u64, out);
            }

            fn get(from: &mut &[u8]) -> Option<Self> {
                get_number(from)?.try_into().ok()
            }
        }
    )*};
}

numbers!(u8, u32, u64, usize);

impl Record for i64 {
    fn put(&self, out: &mut Vec<u8>) {
        // Small numbers of either sign are short.
        put_number(((self << 1) ^ (self >> 63)) as u64, out);
    }

    fn get(from: &mut &[u8]) -> Option<Self> {
        get_number(from).map(|value| (value >> 1) as i64 ^ -((value & 1) as i64))
    }
}

impl Record for f64 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.to_bits().to_le_bytes());
    }

    fn get(from: &mut &[u8]) -> Option<Self> {
        get_fixed(from).map(f64::from_bits)
    }
}

impl Record for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn get(from: &mut &[u8]) -> Option<Self> {
        match u8::get(from)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Record for String {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn get(from: &mut &[u8]) -> Option<Self> {
        let n = usize::get(from)?;
        String::from_utf8(get_bytes(n, from)?.to_vec()).ok()
    }
}

impl<T: Record> Record for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn get(from: &mut &[u8]) -> Option<Self> {
        Some(if bool::get(from)? { Some(T::get(from)?) } else { None })
    }
}

impl<T: Record> Record for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        self.iter().for_each(|item| item.put(out));
    }

    fn get(from: &mut &[u8]) -> Option<Self> {
        let n = usize::get(from)?;
        // A damaged length must not ask for memory: every item takes a byte at least.
        let mut items = Vec::with_capacity(n.min(from.len()));
        for _ in 0..n {
            items.push(T::get(from)?);
        }
        Some(items)
    }
}

impl<A: Record, B: Record> Record for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn get(from: &mut &[u8]) -> Option<Self> {
        Some((A::get(from)?, B::get(from)?))
    }
}

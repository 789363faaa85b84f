//! Bytes to text: byte order mark, then the encoding asked for, then UTF-8 if it is that, then detection.
//!
//! UTF-8 with a few broken bytes stays UTF-8: where more sequences are sound than broken, the file was damaged, and
//! guessing a Windows code page would spoil all of it. Detection is chardetng's, the one Firefox uses. Every
//! character that had to be replaced by U+FFFD is counted.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A text, what it was decoded from, and how many characters were replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) encoding: &'static Encoding,
    pub(super) replaced: u64,
}

/// The encoding the first bytes of an input name, with the length of the mark that names it: a byte order mark, or
/// UTF-16 without one (every other byte of the first kilobyte is NUL).
pub(super) fn marked(head: &[u8]) -> Option<(&'static Encoding, usize)> {
    if let Some(found) = Encoding::for_bom(head) {
        return Some(found);
    }
    let probe = &head[..head.len().min(1024)];
    let nuls = |parity: usize| probe.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (nuls(0), nuls(1), probe.len() / 2);
    match half {
        0..4 => None,
        _ if odd * 10 >= half * 7 && even * 10 < half => Some((UTF_16LE, 0)),
        _ if even * 10 >= half * 7 && odd * 10 < half => Some((UTF_16BE, 0)),
        _ => None,
    }
}

/// Decodes a whole input.
pub(super) fn decode_input<'a>(bytes: &'a [u8], forced: Option<&'static Encoding>) -> Decoded<'a> {
    let (encoding, mark) = match (marked(bytes), forced) {
        (Some((encoding, mark)), _) if mark > 0 || forced.is_none() => (encoding, mark),
        (_, Some(encoding)) => (encoding, 0),
        (_, None) => (Detector::new().choose(bytes), 0),
    };
    decode(&bytes[mark..], encoding)
}

/// Decodes `bytes` from `encoding`, counting what was replaced.
pub(super) fn decode<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Decoded { text: Cow::Borrowed(text), encoding, replaced: 0 };
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let (mut read, mut replaced) = (0, 0);
    loop {
        let (result, taken) = decoder.decode_to_string_without_replacement(&bytes[read..], &mut text, true);
        read += taken;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.reserve((bytes.len() - read).max(64)),
            DecoderResult::Malformed(..) => {
                text.push(char::REPLACEMENT_CHARACTER);
                replaced += 1;
            }
        }
    }
    Decoded { text: Cow::Owned(text), encoding, replaced }
}

/// Chooses the encoding of parts of one input (its records, or all of it), learning from each part.
pub(super) struct Detector {
    detector: EncodingDetector,
}

impl Detector {
    pub(super) fn new() -> Detector {
        Detector { detector: EncodingDetector::new(Iso2022JpDetection::Deny) }
    }

    /// UTF-8 if `bytes` is (mostly) that; else what these and all earlier such bytes look like.
    pub(super) fn choose(&mut self, bytes: &[u8]) -> &'static Encoding {
        if is_utf8_perhaps_damaged(bytes) {
            return UTF_8;
        }
        self.detector.feed(bytes, false);
        self.detector.guess(None, Utf8Detection::Deny)
    }
}

fn is_utf8_perhaps_damaged(bytes: &[u8]) -> bool {
    let Err(error) = std::str::from_utf8(bytes) else { return true };
    if error.error_len().is_none() {
        // Cut off inside its last character.
        return true;
    }
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken
}

/// Decodes a stream on the way, for encodings in which line ends and quotes are not single ASCII bytes.
pub(super) struct Transcoder<R> {
    inner: R,
    decoder: Decoder,
    pending: Vec<u8>,
    out: Vec<u8>,
    out_at: usize,
    ended: bool,
    replaced: Rc<Cell<u64>>,
}

impl<R: Read> Transcoder<R> {
    /// Reads `inner` as `encoding`; the count of replaced characters rises with reading.
    pub(super) fn new(inner: R, encoding: &'static Encoding, replaced: Rc<Cell<u64>>) -> Transcoder<R> {
        Transcoder {
            inner,
            decoder: encoding.new_decoder_without_bom_handling(),
            pending: Vec::new(),
            out: Vec::new(),
            out_at: 0,
            ended: false,
            replaced,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        let mut chunk = [0; 16 * 1024];
        let read = self.inner.read(&mut chunk)?;
        self.ended = read == 0;
        self.pending.extend_from_slice(&chunk[..read]);
        self.out.clear();
        self.out_at = 0;
        let mut at = 0;
        loop {
            let filled = self.out.len();
            self.out.resize(filled + (self.pending.len() - at) * 3 + 16, 0);
            let (result, taken, written) = self.decoder.decode_to_utf8_without_replacement(
                &self.pending[at..],
                &mut self.out[filled..],
                self.ended,
            );
            at += taken;
            self.out.truncate(filled + written);
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    self.out.extend_from_slice("\u{FFFD}".as_bytes());
                    self.replaced.set(self.replaced.get() + 1);
                }
            }
        }
        self.pending.clear();
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        while self.out_at == self.out.len() && !self.ended {
            self.refill()?;
        }
        let len = target.len().min(self.out.len() - self.out_at);
        target[..len].copy_from_slice(&self.out[self.out_at..self.out_at + len]);
        self.out_at += len;
        Ok(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8], forced: Option<&'static Encoding>) -> String {
        let Decoded { text, encoding, replaced } = decode_input(bytes, forced);
        format!("{} {replaced} {text}", encoding.name())
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn finds_the_encoding() {
        let russian = "Министерство обороны сообщило о завершении операции. Стороны договорились.";
        let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        let cases: [(&[u8], &str); 8] = [
            (b"plain", "UTF-8 0 plain"),
            (b"\xef\xbb\xbfmarked", "UTF-8 0 marked"),
            (b"\xff\xfeh\0i\0", "UTF-16LE 0 hi"),
            (b"\xfe\xff\0h\0i", "UTF-16BE 0 hi"),
            (&utf16("without a mark", u16::to_le_bytes), "UTF-16LE 0 without a mark"),
            (&utf16("without a mark", u16::to_be_bytes), "UTF-16BE 0 without a mark"),
            (&cyrillic, &format!("windows-1251 0 {russian}")),
            (b"caf\xe9 and na\xefve \x93quotes\x94", "windows-1252 0 café and naïve “quotes”"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(told(bytes, None), expected);
        }
    }

    #[test]
    fn keeps_damaged_utf8_and_counts_the_damage() {
        let mut bytes = "“Kəlbəcər” və ".as_bytes().to_vec();
        bytes.extend_from_slice(b"\xff");
        assert_eq!(told(&bytes, None), "UTF-8 1 “Kəlbəcər” və \u{FFFD}");
        assert_eq!(told(b"cut off \xe2\x80", None), "UTF-8 1 cut off \u{FFFD}");
    }

    #[test]
    fn a_mark_wins_over_the_encoding_asked_for() {
        assert_eq!(told(b"\xef\xbb\xbf\xc9", Some(encoding_rs::WINDOWS_1252)), "UTF-8 1 \u{FFFD}");
        assert_eq!(told(b"\xc9", Some(encoding_rs::WINDOWS_1252)), "windows-1252 0 É");
        assert_eq!(told(b"\xc9", Some(encoding_rs::WINDOWS_1251)), "windows-1251 0 Й");
    }

    proptest::proptest! {
        #[test]
        fn a_stream_decodes_as_a_whole_does(bytes in proptest::collection::vec(0_u8.., 0..300), which in 0..4_usize) {
            let encoding = [UTF_8, UTF_16LE, encoding_rs::SHIFT_JIS, encoding_rs::GB18030][which];
            let replaced = Rc::new(Cell::new(0));
            let mut text = String::new();
            Transcoder::new(OneByOne(&bytes), encoding, Rc::clone(&replaced)).read_to_string(&mut text).unwrap();
            let whole = decode(&bytes, encoding);
            proptest::prop_assert_eq!(&*whole.text, text);
            proptest::prop_assert_eq!(whole.replaced, replaced.get());
        }
    }

    /// A reader that gives a byte at a time.
    struct OneByOne<'a>(&'a [u8]);

    impl Read for OneByOne<'_> {
        fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
            let len = self.0.len().min(target.len()).min(1);
            self.0.read(&mut target[..len])
        }
    }
}

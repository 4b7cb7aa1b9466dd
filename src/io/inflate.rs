//! Compression and decompression. The one door to `flate2`, which the feature `formats` brings.

#[cfg(feature = "formats")]
pub(super) use flate2::read::{DeflateDecoder, MultiGzDecoder};

/// Bytes compressed as gzip, without name and time, so that the same bytes give the same result.
#[cfg(all(feature = "formats", feature = "plates"))]
pub(crate) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.expect("a Vec takes everything")
}

#[cfg(not(feature = "formats"))]
pub(super) use without::{DeflateDecoder, MultiGzDecoder};

/// What stands in for the decoders where they are left out: reading says so.
#[cfg(not(feature = "formats"))]
mod without {
    use std::io::{Error, ErrorKind, Read, Result};

    pub struct Decoder<R>(R);
    pub type DeflateDecoder<R> = Decoder<R>;
    pub type MultiGzDecoder<R> = Decoder<R>;

    impl<R> Decoder<R> {
        pub fn new(from: R) -> Self {
            Decoder(from)
        }

        pub fn into_inner(self) -> R {
            self.0
        }
    }

    impl<R> Read for Decoder<R> {
        fn read(&mut self, _: &mut [u8]) -> Result<usize> {
            Err(Error::new(ErrorKind::Unsupported, "it is compressed, and this build has no feature `formats`"))
        }
    }
}

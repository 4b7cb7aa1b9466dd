//! Compression and decompression. The only module that uses `flate2`, which the features `formats` and `dataset`
//! enable: the latter only for the relief of the embedded dataset.

#[cfg(feature = "formats")]
pub(super) use flate2::read::{DeflateDecoder, MultiGzDecoder};

#[cfg(any(feature = "formats", feature = "dataset"))]
pub(super) use flate2::read::ZlibDecoder;

/// Bytes compressed as gzip, without name and time, so that the output is reproducible.
#[cfg(all(feature = "formats", feature = "plates"))]
pub(crate) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.expect("a Vec takes everything")
}

/// Deflate-compressed bytes (RFC 1951); `None` if compression is not enabled.
#[cfg(all(feature = "formats", any(feature = "plates", feature = "seal")))]
pub(super) fn deflated(bytes: &[u8]) -> Option<Vec<u8>> {
    use std::io::Write;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

#[cfg(all(not(feature = "formats"), any(feature = "plates", feature = "seal")))]
pub(super) fn deflated(_: &[u8]) -> Option<Vec<u8>> {
    None
}

#[cfg(not(feature = "formats"))]
pub(super) use without::{DeflateDecoder, MultiGzDecoder};

#[cfg(not(any(feature = "formats", feature = "dataset")))]
pub(super) use without::ZlibDecoder;

/// Substitutes for the decoders if they are not enabled: reading returns an error.
#[cfg(not(feature = "formats"))]
mod without {
    use std::io::{Error, ErrorKind, Read, Result};

    pub struct Decoder<R>(R);
    pub type DeflateDecoder<R> = Decoder<R>;
    pub type MultiGzDecoder<R> = Decoder<R>;
    #[cfg(not(feature = "dataset"))]
    pub type ZlibDecoder<R> = Decoder<R>;

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

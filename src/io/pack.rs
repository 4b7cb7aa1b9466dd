//! Packs files into a zip archive.

use super::inflate::deflated;

/// How the files of an archive are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    /// Compressed where that makes them smaller and the feature `formats` is on.
    #[cfg_attr(not(feature = "plates"), allow(dead_code))]
    Deflated,
    /// As they are: the archive does not depend on the version of a compressor.
    #[cfg_attr(not(feature = "seal"), allow(dead_code))]
    Stored,
}

/// Local file header, central directory header and end of central directory (PKWARE APPNOTE 4.3).
const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// 1 January 1980, the first day that the format knows: archives of the same files are the same.
const DATE: u16 = 0x0021;
/// Names are UTF-8.
const UTF_8: u16 = 0x0800;

/// Returns a zip archive of files, in their order, each with its name. The same files give the same bytes.
///
/// Limits: 4 GiB each and in all, 65 535 files.
pub(crate) fn pack(files: &[(&str, &[u8])], packing: Packing) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (name, bytes) in files {
        let offset = out.len() as u32;
        let packed = match packing {
            Packing::Deflated => deflated(bytes).filter(|packed| packed.len() < bytes.len()),
            Packing::Stored => None,
        };
        let (method, data): (u16, &[u8]) = packed.as_ref().map_or((0, bytes), |packed| (8, packed));
        let mut common = Vec::new();
        for word in [20, UTF_8, method, 0, DATE] {
            common.extend(word.to_le_bytes());
        }
        for long in [crc_32(bytes), data.len() as u32, bytes.len() as u32] {
            common.extend(long.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        out.extend(LOCAL.to_le_bytes());
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(data);
        directory.extend(CENTRAL.to_le_bytes());
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&common);
        // No comment, first disk, binary, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, count) = (out.len() as u32, files.len() as u16);
    out.extend(&directory);
    out.extend(END.to_le_bytes());
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// Remainders of all bytes by the polynomial of zip (ISO 3309, reflected: 0xEDB88320).
const REMAINDERS: [u32; 256] = {
    let mut all = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut crc, mut bit) = (byte as u32, 0);
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
            bit += 1;
        }
        all[byte] = crc;
        byte += 1;
    }
    all
};

/// The checksum of zip.
fn crc_32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| (crc >> 8) ^ REMAINDERS[((crc ^ u32::from(*byte)) & 0xFF) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_of_the_standard_text() {
        assert_eq!(crc_32(b"123456789"), 0xCBF4_3926);
    }
}

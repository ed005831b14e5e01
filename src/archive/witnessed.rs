//! A file that is hashed while it is read for something else, so that it is read once.

use std::io::{self, Read, Seek, SeekFrom};

use super::warc::digest::Hashing;

/// Bytes that are read at once where nobody else read them.
const BUFFER: usize = 64 * 1024;

/// SHA-256 of a whole file, from what others read of it in whichever order, and at the end from what nobody read.
pub(crate) struct Witnessed<R> {
    file: R,
    at: u64,
    hash: Hashing,
    /// Up to where the file is hashed.
    hashed: u64,
}

impl<R: Read + Seek> Witnessed<R> {
    /// Begins with a file that stands at its beginning.
    pub(crate) fn new(file: R) -> Self {
        Self { file, at: 0, hash: Hashing::new(), hashed: 0 }
    }

    /// The digest of the whole file in lower-case hexadecimal.
    pub(crate) fn finish(mut self) -> io::Result<String> {
        let hashed = self.hashed;
        if self.at != hashed {
            self.seek(SeekFrom::Start(hashed))?;
        }
        let mut buffer = vec![0; BUFFER];
        loop {
            match self.read(&mut buffer) {
                Ok(0) => return Ok(self.hash.hex()),
                Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
                Ok(_) | Err(_) => {}
            }
        }
    }
}

impl<R: Read> Read for Witnessed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        let end = self.at + count as u64;
        // what was hashed already is not again, and nothing is behind a gap
        if self.at <= self.hashed && end > self.hashed {
            let known = usize::try_from(self.hashed - self.at).unwrap_or(count);
            self.hash.update(&into[known..count]);
            self.hashed = end;
        }
        self.at = end;
        Ok(count)
    }
}

impl<R: Seek> Seek for Witnessed<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.file.seek(to)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::sha256_hex;
    use std::io::Cursor;

    #[test]
    fn whichever_way_a_file_is_read_its_digest_is_that_of_all_of_it() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|number| (number % 253) as u8).collect();
        let ways: [&[(u64, usize)]; 6] = [
            &[],
            &[(0, 200_000)],
            &[(0, 16), (0, 70_000), (70_000, 10)],
            &[(0, 100), (5000, 1000), (50, 10), (90, 60), (150_000, 50_000)],
            &[(199_999, 1)],
            &[(300_000, 5), (0, 3)],
        ];
        for way in ways {
            let mut file = Witnessed::new(Cursor::new(&bytes));
            for &(at, count) in way {
                file.seek(SeekFrom::Start(at)).unwrap();
                let mut read = Vec::new();
                file.by_ref().take(count as u64).read_to_end(&mut read).unwrap();
                let from = usize::try_from(at).unwrap().min(bytes.len());
                assert_eq!(read, &bytes[from..(from + count).min(bytes.len())], "{way:?}");
            }
            assert_eq!(file.finish().unwrap(), sha256_hex(&bytes), "{way:?}");
        }
    }
}

//! The reader process: PDFs are read by this program in a process of its own, under limits of time and memory.
//!
//! Engines for PDF are much code over hostile bytes; what hangs, exhausts the memory or overflows the stack ends with its
//! process, and becomes a reason. Where no program is named (a library caller), they run in this process: a panic is
//! still a reason, but the deadline can only stop the waiting, not the work.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::extract::pdf::{self, PdfEngine, PdfText};
use crate::model::{Failure, Reason};

/// How PDFs are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// The program that is started as a reader: this program itself. `None` reads inside the calling process.
    pub program: Option<PathBuf>,
    /// How long one engine may read one document. Default 30 s.
    pub timeout: Duration,
    /// Bytes of memory that the process may ask for, where the system can bound them. Default 2 GiB.
    pub memory: u64,
}

impl Default for Reader {
    fn default() -> Self {
        Self { program: None, timeout: Duration::from_secs(30), memory: 2 << 30 }
    }
}

/// Bytes that a reader process may answer with.
const MAX_ANSWER: u64 = 256 << 20;
/// How often a running process is asked whether it is done.
const PAUSE: Duration = Duration::from_millis(5);

impl Reader {
    /// Reads the text of a PDF with one engine.
    ///
    /// # Errors
    ///
    /// The reason why there is no text: `encrypted`, `damaged`, `no-text`, `timeout`, `too-large`.
    pub fn read(&self, bytes: &[u8], engine: PdfEngine) -> Result<PdfText, Failure> {
        match &self.program {
            Some(program) => self.in_process(program, bytes, engine),
            None => self.in_thread(bytes, engine),
        }
    }

    fn in_thread(&self, bytes: &[u8], engine: PdfEngine) -> Result<PdfText, Failure> {
        let (send, receive) = mpsc::channel();
        let bytes = bytes.to_vec();
        let started = std::thread::Builder::new().stack_size(STACK).spawn(move || {
            let _ = send.send(pdf::read(&bytes, engine));
        });
        if let Err(error) = started {
            return Err(Failure::new(Reason::Damaged, format!("no thread can be started to read the PDF: {error}")));
        }
        receive.recv_timeout(self.timeout).unwrap_or_else(|_| Err(self.too_slow()))
    }

    fn in_process(&self, program: &Path, bytes: &[u8], engine: PdfEngine) -> Result<PdfText, Failure> {
        let mut child = Command::new(program)
            .args(["read-pdf", engine.word(), &self.memory.to_string()])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| {
                Failure::new(
                    Reason::Damaged,
                    format!("the reader of PDFs cannot be started: {}: {error}", program.display()),
                )
            })?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        std::thread::scope(|scope| {
            scope.spawn(move || {
                // A process that ends early closes the pipe: what it answered tells why.
                if let Some(mut input) = input {
                    let _ = input.write_all(bytes);
                }
            });
            let answer = scope.spawn(move || {
                let mut answer = Vec::new();
                if let Some(output) = output {
                    let _ = output.take(MAX_ANSWER).read_to_end(&mut answer);
                }
                answer
            });
            let ended = self.wait(&mut child);
            let answer = answer.join().unwrap_or_default();
            match ended {
                Ended::TooSlow => Err(self.too_slow()),
                Ended::Itself if answer.len() as u64 >= MAX_ANSWER => {
                    Err(Failure::new(Reason::TooLarge, "the text of the PDF passes the limit"))
                }
                Ended::Itself => serde_json::from_slice(&answer).unwrap_or_else(|_| {
                    Err(Failure::new(
                        Reason::Damaged,
                        "the PDF brought its reader down: it is damaged, or asks for more memory than the limit",
                    ))
                }),
            }
        })
    }

    fn wait(&self, child: &mut Child) -> Ended {
        let deadline = Instant::now() + self.timeout;
        loop {
            match child.try_wait() {
                Ok(Some(_)) => return Ended::Itself,
                Ok(None) if Instant::now() < deadline => std::thread::sleep(PAUSE),
                Ok(None) | Err(_) => {
                    let _ = child.kill();
                    let _ = child.wait();
                    return Ended::TooSlow;
                }
            }
        }
    }

    fn too_slow(&self) -> Failure {
        Failure::new(
            Reason::Timeout,
            format!("the PDF could not be read within {} seconds", self.timeout.as_secs_f64()),
        )
    }
}

/// Stack of a thread that reads: documents nest deeply.
const STACK: usize = 64 << 20;

enum Ended {
    Itself,
    TooSlow,
}

/// What the reader process does: a PDF in, its text or the reason out, both as the calling process understands them.
pub fn answer(bytes: Vec<u8>, engine: PdfEngine) -> Vec<u8> {
    let read = std::thread::Builder::new().stack_size(STACK).spawn(move || pdf::read(&bytes, engine));
    let result = match read.map(std::thread::JoinHandle::join) {
        Ok(Ok(result)) => result,
        _ => Err(Failure::new(Reason::Damaged, "the PDF brought its reader down")),
    };
    serde_json::to_vec(&result).unwrap_or_default()
}

//! What several test programs share.
#![allow(dead_code, reason = "each test program uses a part of it")]
#![allow(unreachable_pub, reason = "it is no crate of its own")]

pub mod faults;
pub mod run;
pub mod server;
pub mod tls;

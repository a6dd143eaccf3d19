//! The stores of the client library, SQLite files, without what makes an answer wait for the disk.
//!
//! Each commit waits until the disk has it, and the library makes three for every sync and one for every encrypted
//! message, most of which say nothing that would be missed. `state` puts off what can be put off, `crypto` leaves out what
//! says nothing new, `reads` keeps what was read. What may not be lost is on the disk when it has to be, as before.

mod crypto;
mod delegated;
mod open;
mod reads;
mod state;

pub use open::{open, settle};

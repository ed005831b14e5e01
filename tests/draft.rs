//! Drafting, from outside: tables of sentences and the claims in them, and what must hold of every text.

mod draft {
    mod cases;
    mod posts;
    mod properties;
    mod twin;
}

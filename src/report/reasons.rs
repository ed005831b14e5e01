//! The plain sentence and the remedy of every reason for which a source could not be read.

use crate::model::Reason;

/// Says in one plain sentence why a source could not be read.
pub fn reason_sentence(reason: Reason) -> &'static str {
    match reason {
        Reason::Gone => "The page is gone: the server says that it does not exist, or no longer does.",
        Reason::Moved => "The address now leads to another page, such as the site's front page.",
        Reason::Soft404 => "The page says that the story was not found, although the server reports success.",
        Reason::Blocked => "The server refuses to show the page to this program.",
        Reason::Captcha => "The page asks to prove that a person is reading, and shows nothing else.",
        Reason::Login => "The page shows a login form instead of the story.",
        Reason::Paywall => "The page is behind a paywall, and the words are not in the part that is free.",
        Reason::Consent => "The page shows a consent dialog instead of the story.",
        Reason::Robots => "The site's robots.txt asks programs not to read this page.",
        Reason::RefusedAddress => "The address is private or local, and such addresses are refused.",
        Reason::BadUrl => "The address is not one that a browser could open.",
        Reason::Dns => "No server of that name is known.",
        Reason::Connect => "The server does not accept a connection.",
        Reason::Tls => "The secure connection failed: the server's certificate is not acceptable.",
        Reason::Timeout => "The server took too long to answer.",
        Reason::TooLarge => "The document is larger than the limit.",
        Reason::Truncated => "The transfer broke off, and the words are not in the part that arrived.",
        Reason::HttpError => "The server answered with an error.",
        Reason::TooManyRedirects => "The address leads from one redirect to the next without end.",
        Reason::BadEncoding => "The bytes of the document are no readable text in any encoding that it names.",
        Reason::UnsupportedType => "The document is of a kind that cannot be read yet.",
        Reason::NoText => "The document holds no text, as a scan does.",
        Reason::ScriptOnly => "The page is empty until a browser runs its scripts.",
        Reason::Damaged => "The document or its record in the archive is damaged.",
        Reason::Encrypted => "The document asks for a password.",
        Reason::NotCaptured => "The archive holds no copy of this page, and the check ran offline.",
        Reason::NoSuchFile => "The file is not there, or may not be read.",
        Reason::SelfTestFailed => {
            "What is known to stand on this page was not found either, so the reading is not trusted."
        }
    }
}

/// Says what to do about a source that could not be read.
pub fn reason_remedy(reason: Reason) -> &'static str {
    match reason {
        Reason::Gone | Reason::Soft404 => {
            "correct the address, or find the page in a web archive and name that copy as 'copy' of the source"
        }
        Reason::Moved => "open the address, find where the story went, and write that address",
        Reason::Blocked | Reason::Captcha | Reason::Login | Reason::Paywall | Reason::Consent | Reason::ScriptOnly => {
            "open the page in a browser, save it, and add the file: onrecord attach SOURCE FILE --seen DATE --by NAME"
        }
        Reason::Robots => {
            "read the page in a browser, save it, and add the file: onrecord attach SOURCE FILE --seen DATE --by NAME"
        }
        Reason::RefusedAddress => "if the address is meant, run again with --allow-private; for a file, write its path",
        Reason::BadUrl => "write the whole address, beginning with https://",
        Reason::Dns => "check the spelling of the address and your own connection, then run again",
        Reason::Connect | Reason::Timeout | Reason::HttpError => {
            "run again later with --refresh; if it stays so, save the page and name the file as 'copy' of the source"
        }
        Reason::Tls => "open the page in a browser and judge the warning; save it and name the file as 'copy'",
        Reason::TooLarge => "save the part that matters as a file and name it as 'copy' of the source",
        Reason::Truncated => {
            "run again with --refresh, or save the whole page and name the file as 'copy' of the source"
        }
        Reason::TooManyRedirects => "open the address in a browser and write the one that it ends at",
        Reason::BadEncoding | Reason::UnsupportedType => {
            "save the text as .txt or .html and name the file as 'copy' of the source"
        }
        Reason::NoText => "have the text recognised (OCR), save it as .txt, and name the file as 'copy' of the source",
        Reason::Damaged => "capture it again with --refresh, or name an undamaged copy",
        Reason::Encrypted => "save the document without its password, and name the file as 'copy' of the source",
        Reason::NotCaptured => "run once without --offline, or save the page and name the file as 'copy' of the source",
        Reason::NoSuchFile => "check the path, which counts from the folder of the manifest",
        Reason::SelfTestFailed => "open the page and look; save it and name the file as 'copy' of the source",
    }
}

//! Notices: paragraphs that correct or update the page, by their first words.

/// Characters in which a label stands.
const LABEL: usize = 40;
/// Bytes above which a paragraph is no notice.
const LONGEST: usize = 800;

/// What stands before the colon of a notice, in small letters, sorted.
const LABELS: [&str; 52] = [
    "anmerkung der redaktion",
    "berichtigung",
    "clarification",
    "corrección",
    "correcte",
    "correctie",
    "correctif",
    "correction",
    "corrections",
    "correção",
    "düzeltme",
    "editor's note",
    "editors' note",
    "editors’ note",
    "editor’s note",
    "errata",
    "errata corrige",
    "erratum",
    "fe de errata",
    "fe de erratas",
    "fe de errores",
    "helyreigazítás",
    "ispravak",
    "korekta",
    "korektura",
    "korrektur",
    "oikaisu",
    "oprava",
    "popravek",
    "rectificación",
    "rectificare",
    "rectificatie",
    "rectificatif",
    "rectification",
    "rettelse",
    "rettifica",
    "retting",
    "richtigstellung",
    "rättelse",
    "sprostowanie",
    "update",
    "updated",
    "διόρθωση",
    "виправлення",
    "исправление",
    "поправка",
    "تصحيح",
    "सुधार",
    "更正",
    "訂正",
    "바로잡습니다",
    "정정",
];

/// First words of a notice that has no label.
const OPENINGS: [&str; 7] = [
    "an earlier version of this",
    "this article has been corrected",
    "this article has been updated",
    "this article was amended on",
    "this article was updated on",
    "this story has been corrected",
    "this story has been updated",
];

/// Whether a paragraph is a notice of correction or update, by its first words.
pub(in crate::extract) fn is_notice(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let start: String = text.chars().take(LABEL).flat_map(char::to_lowercase).collect();
    let label = start.find([':', '：', '(']).map(|end| start[..end].trim());
    label.is_some_and(|label| LABELS.binary_search(&label).is_ok())
        || OPENINGS.iter().any(|opening| start.starts_with(opening))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_sorted_and_found() {
        assert!(LABELS.is_sorted());
        for notice in [
            "Correction: it was two.",
            "CORRECTION (21 March): it was two.",
            "Исправление: было два.",
            "Sprostowanie: było ich dwoje.",
            "更正：此前版本有误。",
            "Rectificatif : ils étaient deux.",
        ] {
            assert!(is_notice(notice), "{notice}");
        }
        for text in
            ["The correction: it came late.", "Update the app (twice).", "Поправка к закону принята: за неё 12."]
        {
            assert!(!is_notice(text), "{text}");
        }
    }
}

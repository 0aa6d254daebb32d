"""The languages a questionnaire may be read in, and the few words of the page around the questions."""

LANGUAGES = {
    "fr": "Français", "ar": "العربية", "de": "Deutsch", "en": "English", "es": "Español", "it": "Italiano",
    "pt": "Português", "ro": "Română", "ru": "Русский", "tr": "Türkçe", "uk": "Українська",
}  # fmt: skip
RIGHT_TO_LEFT = ("ar",)
_FRENCH = {
    "begin": "Commencer",
    "next": "Continuer",
    "back": "Revenir en arrière",
    "send": "Envoyer mes réponses",
    "required": "obligatoire",
    "optional": "facultatif",
}
_WORDS = {
    "ar": {"begin": "ابدأ", "next": "التالي", "back": "السابق", "send": "إرسال", "required": "إلزامي",
           "optional": "اختياري"},
    "en": {"begin": "Start", "next": "Continue", "back": "Go back", "send": "Send my answers",
           "required": "required", "optional": "optional"},
    "es": {"begin": "Empezar", "next": "Continuar", "back": "Volver", "send": "Enviar mis respuestas",
           "required": "obligatorio", "optional": "opcional"},
}  # fmt: skip


def words(language: str) -> dict[str, str]:
    """The words of the buttons; French where nobody has translated them."""
    return _FRENCH | _WORDS.get(language, {})

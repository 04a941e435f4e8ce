// Which language a text is in, for voices that read it aloud: Kyrgyz has letters that Russian has not.
const KYRGYZ = /[ңөү]/i;
const RUSSIAN = /[щъьэёцвф]/i;

export function languageOf(text, usual) {
  if (KYRGYZ.test(text)) return "ky";
  if (!/[а-я]/i.test(text)) return /[a-z]{3}/i.test(text) ? "en" : null;
  if (usual === "ky" && (text.length < 40 || !RUSSIAN.test(text))) return "ky";
  return "ru";
}

// What a page of ours has to hold: all that html-validate recommends, but for what no rule of HTML asks.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // Templates leave white space at the end of a line where a tag of theirs stood; browsers drop it.
    "no-trailing-whitespace": "off",
    // Only what another site serves could be changed behind our back, and a page of ours takes nothing from one.
    "require-sri": ["error", { target: "crossorigin" }],
    // "<!doctype html>" is valid in any case; capitals are a taste.
    "doctype-style": ["error", { style: "lowercase" }],
    // Without a type a button sends its form and an input is a line of text, by HTML itself, and so we mean it.
    "no-implicit-button-type": "off",
    "no-implicit-input-type": "off",
    // 70 characters are where a search engine cuts; a title names the service in full, however long that is.
    "long-title": "off",
  },
};

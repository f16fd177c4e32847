// Small things: elements whose text is only ever text, and words compared without accents and case.

const facts = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);

/** An element with a class and children: strings become text, nothing is ever read as markup. */
function el(name, kind, ...children) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  for (const child of children) if (child !== null && child !== undefined && child !== "") made.append(child);
  return made;
}

/** The same, for words of people or papers, which may run from right to left. */
function told(name, kind, text) {
  const made = el(name, kind, ...marked(text));
  made.dir = "auto";
  return made;
}

function button(text, kind, does) {
  const made = el("button", kind, text);
  made.type = "button";
  made.addEventListener("click", does);
  return made;
}

function fold(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

const counted = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many || one + "s"}`;

/** The pieces of a text, those that the search looks for in a mark. */
function marked(text) {
  if (!state.words.length || !text) return [text];
  const at = [];
  let folded = "";
  for (let place = 0; place < text.length; place++) {
    const one = fold(text[place]);
    for (let n = 0; n < one.length; n++) at.push(place);
    folded += one;
  }
  const found = [];
  for (const word of state.words)
    for (let start = folded.indexOf(word); start >= 0; start = folded.indexOf(word, start + word.length))
      found.push([at[start], at[start + word.length - 1] + 1]);
  found.sort((a, b) => a[0] - b[0]);
  const pieces = [];
  let done = 0;
  for (const [start, end] of found) {
    if (start < done) continue;
    pieces.push(text.slice(done, start), el("mark", "", text.slice(start, end)));
    done = end;
  }
  pieces.push(text.slice(done));
  return pieces;
}

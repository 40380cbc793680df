// The page of wd.CodingWidget. It shows the kernel's state and tells the kernel what people do; the rules are in Python.

const CONFIDENCES = [
  ["", "not said"],
  ["0.25", "a guess"],
  ["0.5", "unsure"],
  ["0.75", "fairly sure"],
  ["1", "sure"],
];
const BASES = { text: "the text", dateline: "the dateline", published: "day of publication" };

function render({ model, el }) {
  const root = frame(el, "Code articles by hand");
  const notice = new Notice();
  const kernel = new Kernel(model, notice);
  let state = model.get("state");
  let words = []; // {start, end, sentence, element, gap} in reading order
  let cursor = null; // {anchor, focus}: positions in words
  let isDragging = false;
  let shownArticle = null;

  // --- Skeleton -----------------------------------------------------------------------------------------------------
  const who = h("strong.wd-who", {});
  const progress = h("progress.wd-progress", { "aria-label": "Articles done" });
  const counts = h("span.wd-counts", {});
  const undoButton = button("Undo", "u", () => kernel.tell("undo"));
  const helpId = freshId("help");
  const helpButton = h(
    "button.wd-button.wd-quiet",
    { type: "button", "aria-expanded": "false", "aria-controls": helpId, onclick: () => toggleHelp() },
    "Keys ",
    keycap("?")
  );
  const help = h("div.wd-help", { id: helpId, hidden: true }, keyTable());
  const spoken = h("div.wd-spoken", { role: "status", "aria-live": "polite" });

  const title = h("h3.wd-title", { id: freshId("title") });
  const about = h("p.wd-about", {});
  const text = h("div.wd-text", {
    tabindex: "0",
    role: "application",
    "aria-roledescription": "text to mark",
    "aria-labelledby": title.id,
    "aria-describedby": helpId,
  });
  const palette = h(
    "div.wd-palette",
    { role: "toolbar", "aria-label": "Mark the selected words as", hidden: true },
    ...ROLES.map((role) => button(named(role), KEY_OF[role], () => mark(role), `.wd-${role}`))
  );
  const reading = h("div.wd-reading", {}, title, about, h("div.wd-scroll", {}, text, palette));

  const boxes = {};
  const fields = {};
  for (const role of ROLES) {
    boxes[role] = new CodeBox({
      role,
      label: `${named(role)} code`,
      placeholder: role === "action" ? "what was done: word or code" : "who it is: name or code",
      kernel,
      onChoose: (code) => kernel.tell("code", { role, code }),
      onDone: () => afterCode(role),
    });
    fields[role] = {
      words: h("span.wd-words", {}),
      wrong: h("div.wd-wrong", { id: freshId("wrong") }),
      clear: h(
        "button.wd-x",
        { type: "button", "aria-label": `Unmark the ${role}`, title: `Unmark the ${role}`, onclick: () => unmark(role) },
        "×"
      ),
    };
    boxes[role].input.setAttribute("aria-describedby", fields[role].wrong.id);
  }
  const dayList = h("div.wd-day-list", {});
  const days = h("div.wd-days", { role: "radiogroup", "aria-label": "Day of the event" });
  const otherDay = h("input.wd-input.wd-day", {
    type: "date",
    "aria-label": "Another day",
    onchange: (event) => event.target.value && kernel.tell("day", { date: event.target.value, basis: "text" }),
  });
  days.append(dayList, h("label.wd-choice", {}, h("span.wd-said", {}, "another day"), otherDay));
  const dayWrong = h("div.wd-wrong", {});
  const sure = h("div.wd-sure", { role: "radiogroup", "aria-label": "How sure are you?" });
  const sureName = freshId("sure");
  for (const [value, label] of CONFIDENCES) {
    const radio = h("input", {
      type: "radio",
      name: sureName,
      value,
      onchange: () => kernel.tell("confidence", { value: value === "" ? null : Number(value) }),
    });
    sure.append(h("label.wd-pill", {}, radio, h("span", {}, label)));
  }
  const note = h("input.wd-input", {
    type: "text",
    id: freshId("note"),
    placeholder: "anything that a reader of the row should know",
    autocomplete: "off",
    onchange: (event) => kernel.tell("note", { text: event.target.value }),
    onkeydown: (event) => {
      if (event.key === "Enter") (event.preventDefault(), save());
    },
  });
  const saveButton = button("Save event", "Enter", () => save(), ".wd-primary");
  const clearButton = button("Clear", "x", () => clear());
  const noEventButton = button("No event here", "n", () => kernel.tell("no_event"));
  const noMoreButton = button("No more in this article", "Shift+N", () => kernel.tell("no_more"));
  const formTitle = h("h4.wd-heading", {});
  const form = h(
    "div.wd-form",
    { role: "form", "aria-label": "The event" },
    formTitle,
    ...ROLES.map((role) =>
      h(
        `div.wd-field.wd-${role}`,
        {},
        h("div.wd-field-head", {}, h("span.wd-role", {}, named(role), " ", keycap(KEY_OF[role])), fields[role].words, fields[role].clear),
        boxes[role].element,
        fields[role].wrong
      )
    ),
    h("div.wd-field", {}, h("div.wd-field-head", {}, h("span.wd-role", {}, "Day ", keycap("d"))), days, dayWrong),
    h("div.wd-field", {}, h("div.wd-field-head", {}, h("span.wd-role", {}, "How sure?")), sure),
    h("div.wd-field", {}, h("label.wd-role", { for: note.id }, "Note"), note),
    h("div.wd-actions", {}, saveButton, clearButton),
    h("div.wd-actions.wd-none-here", {}, noEventButton, noMoreButton)
  );
  const savedTitle = h("h4.wd-heading", { id: freshId("saved") });
  const saved = h("ol.wd-saved", { "aria-labelledby": savedTitle.id });

  root.append(
    h(
      "div.wd-bar",
      {},
      who,
      progress,
      counts,
      h(
        "div.wd-moves",
        {},
        button("Back", ",", () => kernel.tell("back")),
        button("Next", ".", () => kernel.tell("next")),
        button("Next to do", "/", () => kernel.tell("todo")),
        undoButton,
        helpButton
      )
    ),
    help,
    notice.element,
    h("div.wd-columns", {}, reading, form),
    savedTitle,
    saved,
    spoken
  );

  // --- The text: selecting words ------------------------------------------------------------------------------------
  function layOut(article) {
    shownArticle = article.index;
    title.textContent = article.title || article.id;
    about.textContent = [article.publisher, `published ${article.published}`, article.id].filter(Boolean).join(" · ");
    words = [];
    text.replaceChildren();
    for (const sentence of article.sentences) {
      const line = h("span.wd-sentence", { "data-sentence": sentence.number });
      sentence.words.forEach(([start, end, word, before], n) => {
        const gap = before ? h("span.wd-gap", {}, before) : null;
        const element = h("span.wd-word", { "data-word": words.length }, word);
        const isFirst = n === 0;
        // What stands before a sentence belongs to none: a new paragraph, or a space.
        if (gap) (isFirst ? text : line).append(gap);
        if (isFirst) line.append(h("span.wd-number", { "aria-hidden": "true" }, String(sentence.number + 1)));
        line.append(element);
        words.push({ start, end, sentence: sentence.number, element, gap: isFirst ? null : gap });
      });
      text.append(line);
    }
    cursor = null;
    text.parentElement.scrollTop = 0;
  }

  const range = () => (cursor ? [Math.min(cursor.anchor, cursor.focus), Math.max(cursor.anchor, cursor.focus)] : null);
  const selectedText = () => {
    const [from, to] = range();
    return words.slice(from, to + 1).map((w, n) => (n && w.gap ? w.gap.textContent : "") + w.element.textContent).join("");
  };

  function paintSelection(isQuiet) {
    const chosen = range();
    words.forEach((word, n) => {
      const isIn = chosen !== null && !cursor.isResting && n >= chosen[0] && n <= chosen[1];
      word.element.classList.toggle("wd-selected", isIn);
      word.element.classList.toggle("wd-cursor", chosen !== null && n === cursor.focus);
      if (word.gap) word.gap.classList.toggle("wd-selected", isIn && n > chosen[0]);
    });
    if (!chosen) {
      palette.hidden = true;
      return;
    }
    if (!isQuiet) spoken.textContent = selectedText();
    placePalette();
  }

  function placePalette() {
    if (!cursor || isDragging || cursor.isResting) {
      palette.hidden = true;
      return;
    }
    palette.hidden = false;
    const around = text.parentElement.getBoundingClientRect();
    const word = words[Math.max(cursor.anchor, cursor.focus)].element.getBoundingClientRect();
    const scroll = text.parentElement;
    const left = Math.min(word.left - around.left, around.width - palette.offsetWidth - 12);
    palette.style.left = `${Math.max(4, left)}px`;
    palette.style.top = `${word.bottom - around.top + scroll.scrollTop + 5}px`;
  }

  const wordAt = (event) => {
    const hit = root.getRootNode().elementFromPoint(event.clientX, event.clientY);
    const found = hit && hit.closest ? hit.closest("[data-word]") : null;
    return found && text.contains(found) ? Number(found.dataset.word) : null;
  };

  text.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const n = wordAt(event);
    if (n === null) {
      const line = event.target.closest("[data-sentence]");
      if (line) go(Number(line.dataset.sentence));
      cursor = null;
      paintSelection(true);
      return;
    }
    event.preventDefault();
    text.focus({ preventScroll: true });
    isDragging = true;
    text.setPointerCapture(event.pointerId);
    cursor = { anchor: event.shiftKey && cursor ? cursor.anchor : n, focus: n };
    paintSelection(true);
  });
  text.addEventListener("pointermove", (event) => {
    if (!isDragging) return;
    const n = wordAt(event);
    if (n === null || n === cursor.focus) return;
    cursor.focus = n;
    paintSelection(true);
  });
  const endDrag = () => {
    if (!isDragging) return;
    isDragging = false;
    paintSelection();
    if (cursor) go(words[cursor.focus].sentence);
  };
  text.addEventListener("pointerup", endDrag);
  text.addEventListener("pointercancel", endDrag);
  text.addEventListener("focus", () => {
    if (!cursor && !isDragging && words.length) {
      const first = firstWordOf(state.sentence);
      cursor = { anchor: first, focus: first, isResting: true };
      paintSelection(true);
    }
  });

  const firstWordOf = (sentence) => Math.max(0, words.findIndex((word) => word.sentence === sentence));
  const lastWordOf = (sentence) => words.findLastIndex((word) => word.sentence === sentence);

  function moveTo(n, isExtending, isQuiet) {
    if (!words.length) return;
    const to = Math.max(0, Math.min(n, words.length - 1));
    cursor = isExtending && cursor ? { anchor: cursor.anchor, focus: to } : { anchor: to, focus: to };
    paintSelection(isQuiet);
    words[to].element.scrollIntoView({ block: "nearest" });
    if (!isExtending) go(words[to].sentence);
  }

  function go(sentence) {
    if (sentence !== state.sentence) kernel.tell("go", { sentence });
  }

  function mark(role) {
    if (!cursor || cursor.isResting) return notice.say("Select words first: drag over them, or move with the arrow keys.", "problem");
    const [from, to] = range();
    kernel.tell("mark", { role, start: words[from].start, end: words[to].end });
    // The cursor stays at what was marked, and nothing is selected any more.
    cursor = { anchor: to, focus: to, isResting: true };
    text.focus({ preventScroll: true });
    paintSelection(true);
  }

  function unmark(role) {
    kernel.tell("unmark", { role });
    text.focus({ preventScroll: true });
  }

  // --- Keys ---------------------------------------------------------------------------------------------------------
  root.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      if (document.activeElement) document.activeElement.blur();
      return save();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") (event.preventDefault(), text.focus({ preventScroll: true }));
      return;
    }
    const inText = event.target === text;
    const at = cursor ? cursor.focus : firstWordOf(state.sentence);
    const sentence = words[at] ? words[at].sentence : 0;
    const moves = {
      ArrowLeft: () => moveTo(at - 1, event.shiftKey),
      ArrowRight: () => moveTo(at + 1, event.shiftKey),
      ArrowUp: () => moveTo(at > firstWordOf(sentence) && event.shiftKey ? firstWordOf(sentence) : firstWordOf(Math.max(0, sentence - 1)), event.shiftKey),
      ArrowDown: () => (event.shiftKey ? moveTo(lastWordOf(sentence), true) : moveTo(words.some((w) => w.sentence === sentence + 1) ? firstWordOf(sentence + 1) : at, false)),
      Home: () => moveTo(firstWordOf(sentence), event.shiftKey),
      End: () => moveTo(lastWordOf(sentence), event.shiftKey),
      Enter: () => saveOrGoOn(),
      " ": () => {},
    };
    const keys = {
      a: () => mark("actor"),
      e: () => mark("action"),
      t: () => mark("target"),
      d: () => (days.querySelector("input:checked") || days.querySelector("input")).focus(),
      n: () => kernel.tell("no_event"),
      N: () => kernel.tell("no_more"),
      u: () => kernel.tell("undo"),
      ".": () => kernel.tell("next"),
      ",": () => kernel.tell("back"),
      "/": () => kernel.tell("todo"),
      "?": () => toggleHelp(),
      x: () => clear(),
      Escape: () => (inText ? (palette.hidden = true) : text.focus({ preventScroll: true })),
    };
    const does = (inText && moves[event.key]) || keys[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });

  /** Enter in the text: to the first code box that is still empty, or save. */
  function saveOrGoOn() {
    const empty = ROLES.find((role) => state.draft.spans[role] && !state.draft.codes[role]);
    if (empty) boxes[empty].input.focus();
    else save();
  }

  /** After a code was chosen: on to the next empty box; if there is none, to the button that saves. */
  function afterCode(role) {
    const later = [...ROLES.slice(ROLES.indexOf(role) + 1), ...ROLES.slice(0, ROLES.indexOf(role))];
    const next = later.find((other) => state.draft.spans[other] && !state.draft.codes[other]);
    if (next) boxes[next].input.focus();
    else if (ROLES.every((one) => state.draft.spans[one])) saveButton.focus();
    else text.focus({ preventScroll: true });
  }

  function save() {
    if (note.value !== state.draft.note) kernel.tell("note", { text: note.value });
    kernel.tell("save");
    text.focus({ preventScroll: true });
  }

  function clear() {
    kernel.tell("clear");
    cursor = null;
    paintSelection(true);
  }

  function toggleHelp() {
    help.hidden = !help.hidden;
    helpButton.setAttribute("aria-expanded", String(!help.hidden));
  }

  // --- Showing the state --------------------------------------------------------------------------------------------
  function show() {
    state = model.get("state");
    const article = model.get("article");
    if (article.index !== shownArticle) layOut(article);
    kernel.answered(state.answered);
    who.textContent = state.coder;
    progress.max = state.n_articles;
    progress.value = state.n_done;
    counts.textContent = `Article ${state.article + 1} of ${state.n_articles} · ${state.n_done} done · ${plural(state.n_events, "event")}`;
    undoButton.disabled = !state.can_undo;
    notice.show(state.notice);
    showMarks();
    showForm();
    showSaved();
    followSentence();
  }

  /** Where the kernel moved on to another sentence ("no event here"), the cursor goes along. */
  function followSentence() {
    const isSettled = !kernel.waiting.size && !isDragging && words.length > 0;
    if (!isSettled || (cursor && (cursor.anchor !== cursor.focus || words[cursor.focus].sentence === state.sentence))) return;
    const first = firstWordOf(state.sentence);
    if (cursor) {
      cursor = { anchor: first, focus: first, isResting: true };
      paintSelection(true);
    }
    // Only the text scrolls, not the notebook around it.
    const scroll = text.parentElement;
    const word = words[first].element.getBoundingClientRect();
    const around = scroll.getBoundingClientRect();
    if (word.top < around.top || word.bottom > around.bottom - 40) scroll.scrollTop += word.top - around.top - around.height / 3;
  }

  function showMarks() {
    const draft = state.draft.spans;
    const isIn = (word, span) => span && word.start >= span[0] && word.end <= span[1];
    words.forEach((word, n) => {
      const before = words[n - 1];
      const role = ROLES.find((one) => isIn(word, draft[one]));
      word.element.dataset.draft = role || "";
      if (word.gap) word.gap.dataset.draft = role && isIn(before, draft[role]) ? role : "";
      const kept = role ? [] : ROLES.filter((one) => state.events.some((e) => e.event_id !== state.draft.replaces && isIn(word, [e[one].start, e[one].end])));
      word.element.dataset.saved = kept[0] || "";
      if (word.gap) {
        const joined = kept[0] && state.events.some((e) => isIn(word, [e[kept[0]].start, e[kept[0]].end]) && isIn(before, [e[kept[0]].start, e[kept[0]].end]));
        word.gap.dataset.saved = joined ? kept[0] : "";
      }
    });
    for (const line of text.querySelectorAll("[data-sentence]")) {
      const number = Number(line.dataset.sentence);
      const n = state.events.filter((event) => event.sentence === number).length;
      const judged = n ? "events" : state.no_event.includes(number) ? "none" : "";
      line.dataset.judged = judged;
      line.classList.toggle("wd-current", number === state.sentence);
      const label = line.querySelector(".wd-number");
      if (label) {
        label.textContent = judged === "events" ? `${number + 1} ✓` : judged === "none" ? `${number + 1} ∅` : String(number + 1);
        label.title = judged === "events" ? plural(n, "event") : judged === "none" ? "no event" : "not judged yet";
      }
    }
  }

  function showForm() {
    const { draft } = state;
    formTitle.textContent = draft.replaces ? "Correct the event" : `Event in sentence ${state.sentence + 1}`;
    for (const role of ROLES) {
      const span = draft.spans[role];
      const code = draft.codes[role];
      fields[role].words.textContent = span ? span[2] : `select words, press ${KEY_OF[role]}`;
      fields[role].words.classList.toggle("wd-empty", !span);
      fields[role].clear.hidden = !span;
      const wrong = state.wrong[role] || "";
      fields[role].wrong.textContent = wrong;
      boxes[role].show(code ? code.code : "", code ? code.label : "", Boolean(wrong));
    }
    showDays();
    dayWrong.textContent = state.wrong.date || "";
    for (const radio of sure.querySelectorAll("input")) {
      radio.checked = draft.confidence === null ? radio.value === "" : radio.value !== "" && Math.abs(Number(radio.value) - draft.confidence) < 0.001;
    }
    if (note.getRootNode().activeElement !== note) note.value = draft.note;
    saveButton.firstChild.textContent = draft.replaces ? "Save correction" : "Save event";
    noMoreButton.firstChild.textContent = state.is_done ? "Article is done: next" : "No more in this article";
  }

  function showDays() {
    const focused = days.getRootNode().activeElement;
    const hadFocus = dayList.contains(focused) ? focused.value : null;
    const name = days.dataset.name || (days.dataset.name = freshId("day"));
    const value = (day) => `${day.date} ${day.basis}`;
    const isListed = state.days.some((day) => value(day) === `${state.day} ${state.basis}`);
    const rows = state.days.map((day) => {
      const radio = h("input", {
        type: "radio",
        name,
        value: value(day),
        checked: value(day) === `${state.day} ${state.basis}`,
        onchange: () => kernel.tell("day", { date: day.date, basis: day.basis }),
      });
      const said = day.basis === "published" ? BASES.published : day.basis === "dateline" ? `dateline “${day.words}”` : `“${day.words}”`;
      return h("label.wd-choice", {}, radio, h("span.wd-date", {}, day.date), h("span.wd-said", {}, `${day.weekday.slice(0, 3)} · ${said}`));
    });
    if (otherDay.getRootNode().activeElement !== otherDay) otherDay.value = isListed ? "" : state.day;
    dayList.replaceChildren(...rows);
    if (hadFocus) {
      const again = [...days.querySelectorAll("input[type=radio]")].find((radio) => radio.value === hadFocus);
      if (again) again.focus();
    }
  }

  function showSaved() {
    const n = state.events.length;
    savedTitle.textContent = n ? `Saved in this article (${n})` : "Nothing saved in this article yet";
    saved.replaceChildren(
      ...state.events.map((event) => {
        const part = (role) =>
          h(`span.wd-part.wd-${role}`, { title: event[role].label }, h("span.wd-code", {}, event[role].code), h("span.wd-quote", {}, event[role].text));
        const about = `${event.actor.code} ${event.action.code} ${event.target.code}`;
        const small = (name, what, extra) =>
          h(
            "button.wd-button.wd-small",
            { type: "button", "aria-label": `${name}: ${about}`, onclick: () => (kernel.tell(what, { event_id: event.event_id, ...extra }), text.focus({ preventScroll: true })) },
            name
          );
        return h(
          `li.wd-row${event.event_id === state.draft.replaces ? ".wd-editing" : ""}`,
          {},
          h("span.wd-place", {}, `sentence ${event.sentence + 1}`),
          h("span.wd-parts", {}, part("actor"), part("action"), part("target")),
          h("span.wd-when", {}, event.date, event.confidence === null ? "" : ` · ${Math.round(event.confidence * 100)} %`, event.note ? ` · ${event.note}` : ""),
          h("span.wd-row-moves", {}, small("Edit", "edit"), small("Copy", "edit", { as_new: true }), small("Delete", "remove"))
        );
      })
    );
  }

  function keyTable() {
    const row = (keys, what) => h("div.wd-key", {}, h("span", {}, ...keys.flatMap((key) => [keycap(key), " "])), h("span", {}, what));
    return h(
      "div.wd-keys",
      {},
      row(["←", "→"], "to the next word; with Shift: select"),
      row(["↑", "↓"], "to the next sentence; with Shift: to its edge"),
      row(["a", "e", "t"], "the selected words are the actor, the event (action), the target"),
      row(["Enter"], "to the first empty code box; if none is empty, save"),
      row(["d"], "to the day"),
      row(["n"], "no event in this sentence"),
      row(["Shift+N"], "no more events in this article; on to the next"),
      row([",", "."], "article back, next"),
      row(["/"], "next article that is not done"),
      row(["u"], "undo what was saved last"),
      row(["Esc"], "back to the text"),
      row(["x"], "clear what is not saved"),
      row(["Ctrl+Enter"], "save, from anywhere")
    );
  }

  function named(role) {
    return { actor: "Actor", action: "Action", target: "Target" }[role];
  }

  return kernel.listen(boxes, show);
}

export default { render };

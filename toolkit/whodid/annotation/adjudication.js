// The page of wd.AdjudicationWidget: the versions of one unit side by side, and what to do with them.

const PARTS = ["actor", "action", "target", "date"];
const NAMES = { actor: "Actor", action: "Action", target: "Target", date: "Day" };

function render({ model, el }) {
  const root = frame(el, "Settle what coders do not agree on");
  root.tabIndex = -1;
  const notice = new Notice();
  const kernel = new Kernel(model, notice);
  let state = model.get("state");
  let shownUnit = null;

  const who = h("strong.wd-who", {});
  const progress = h("progress.wd-progress", { "aria-label": "Units decided" });
  const counts = h("span.wd-counts", {});
  const undoButton = button("Undo", "u", () => tell("undo"));
  const title = h("h3.wd-title", {});
  const about = h("p.wd-about", {});
  const passage = h("div.wd-passage", { tabindex: "0", role: "group", "aria-label": "The words, with every coder's marks" });
  const table = h("table.wd-versions", {});
  const decided = h("p.wd-decided", {});

  const boxes = {};
  const wrongs = {};
  for (const role of ROLES) {
    wrongs[role] = h("div.wd-wrong", { id: freshId("wrong") });
    boxes[role] = new CodeBox({
      role,
      label: `${NAMES[role]} code`,
      placeholder: role === "action" ? "word or code" : "name or code",
      kernel,
      onChoose: (code) => kernel.tell("code", { role, code }),
      onDone: () => {
        const next = ROLES[ROLES.indexOf(role) + 1];
        if (next) boxes[next].input.focus();
        else saveButton.focus();
      },
    });
    boxes[role].input.setAttribute("aria-describedby", wrongs[role].id);
  }
  wrongs.date = h("div.wd-wrong", {});
  const day = h("input.wd-input", {
    type: "date",
    "aria-label": "Day",
    onchange: (event) => event.target.value && kernel.tell("day", { date: event.target.value }),
  });
  const note = h("input.wd-input", {
    type: "text",
    id: freshId("note"),
    autocomplete: "off",
    placeholder: "why; becomes the settled row's note",
    onchange: (event) => kernel.tell("note", { text: event.target.value }),
  });
  const saveButton = button("Save changed version", "Enter", () => save(), ".wd-primary");
  const own = h(
    "div.wd-own",
    { role: "form", "aria-label": "Change a version" },
    h("h4.wd-heading", {}, "Change a version"),
    h(
      "div.wd-own-fields",
      {},
      ...ROLES.map((role) => h(`div.wd-field.wd-${role}`, {}, h("span.wd-role", {}, NAMES[role]), boxes[role].element, wrongs[role])),
      h("div.wd-field", {}, h("span.wd-role", {}, NAMES.date), day, wrongs.date)
    ),
    h("div.wd-actions", {}, saveButton, button("Clear", "x", () => (tell("clear"), passage.focus())))
  );

  root.append(
    h(
      "div.wd-bar",
      {},
      who,
      progress,
      counts,
      h("div.wd-moves", {}, button("Back", ",", () => tell("back")), button("Next", ".", () => tell("next")), button("Next to do", "/", () => tell("todo")), undoButton)
    ),
    notice.element,
    title,
    about,
    passage,
    decided,
    h("div.wd-versions-frame", {}, table),
    h("div.wd-field.wd-why-field", {}, h("label.wd-role", { for: note.id }, "Note"), note),
    own
  );

  function tell(type, content) {
    if (note.value !== state.note && type !== "clear") kernel.tell("note", { text: note.value });
    kernel.tell(type, content);
  }

  function take(n) {
    const version = state.versions[n];
    if (version) tell("take", { coder: version.coder });
    passage.focus({ preventScroll: true });
  }

  function save() {
    tell("save");
    passage.focus({ preventScroll: true });
  }

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") (event.preventDefault(), passage.focus({ preventScroll: true }));
      return;
    }
    const keys = {
      0: () => tell("none"),
      n: () => tell("none"),
      c: () => change(),
      u: () => tell("undo"),
      ".": () => tell("next"),
      ",": () => tell("back"),
      "/": () => tell("todo"),
      x: () => tell("clear"),
      Escape: () => passage.focus({ preventScroll: true }),
    };
    if (/^[1-9]$/.test(event.key) && state.versions[Number(event.key) - 1]) keys[event.key] = () => take(Number(event.key) - 1);
    if (event.key === "Enter" && event.target === passage) keys.Enter = () => save();
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  function change(coder) {
    kernel.tell("own", coder ? { coder } : {});
    boxes.actor.input.focus();
  }

  function show() {
    state = model.get("state");
    kernel.answered(state.answered);
    who.textContent = state.coder;
    progress.max = state.n_units;
    progress.value = state.n_done;
    counts.textContent = `Open unit ${state.unit + 1} of ${state.n_units} · ${state.n_done} decided`;
    undoButton.disabled = !state.can_undo;
    notice.show(state.notice);
    showPassage();
    showTable();
    decided.replaceChildren(...(state.decision ? [h("strong", {}, "Decided: "), state.decision.text] : []));
    decided.hidden = !state.decision;
    for (const role of ROLES) {
      const chosen = state.own[role];
      boxes[role].show(chosen ? chosen.code : "", chosen ? chosen.label : "", Boolean(state.wrong[role]));
      wrongs[role].textContent = state.wrong[role] || "";
    }
    wrongs.date.textContent = state.wrong.date || "";
    if (day.getRootNode().activeElement !== day) day.value = state.own.date ? state.own.date.code : "";
    if (note.getRootNode().activeElement !== note || state.unit !== shownUnit) note.value = state.note;
    own.querySelector(".wd-heading").textContent = state.base ? `Change ${state.base}'s version` : "Change a version (c)";
    shownUnit = state.unit;
  }

  /** The text with a line below it for each coder who marked it, named on hover and for screen readers. */
  function showPassage() {
    const article = model.get("article");
    title.textContent = article.title || article.id;
    about.textContent = [article.publisher, `published ${article.published}`, article.id, `sentence ${article.sentence + 1}`].filter(Boolean).join(" · ");
    passage.hidden = !article.pieces.length;
    passage.replaceChildren(
      article.is_begun ? "… " : "",
      ...article.pieces.map((piece) => {
        const roles = ROLES.filter((role) => piece.roles[role]);
        if (!roles.length) return piece.text;
        const whose = roles.map((role) => `${NAMES[role]}: ${piece.roles[role].join(", ")}`).join("; ");
        const isContested = roles.length > 1;
        return h(
          "mark.wd-marked",
          { "data-draft": roles[0], title: whose, class: isContested ? "wd-contested" : null },
          piece.text,
          h("span.wd-spoken", {}, ` (${whose}) `)
        );
      }),
      article.goes_on ? " …" : ""
    );
  }

  function showTable() {
    const head = h("tr", {}, h("td", {}), ...state.versions.map((version) => h("th", { scope: "col" }, version.coder)));
    const rows = PARTS.map((part) => {
      const differs = state.differ.includes(part);
      return h(
        `tr${differs ? ".wd-differs" : ""}`,
        {},
        h("th", { scope: "row" }, NAMES[part], differs ? h("span.wd-flag", {}, " differs") : null),
        ...state.versions.map((version) => {
          const own = version[part];
          if (!version.has_event) return h("td.wd-no", {}, part === "actor" ? "no event" : "");
          return h(
            "td",
            {},
            h(`span.wd-code${part === "date" ? "" : `.wd-${part}`}`, {}, own.code),
            " ",
            h("span.wd-label", {}, own.label),
            own.text ? h("span.wd-quote", {}, `“${own.text}”`) : null
          );
        })
      );
    });
    const said = state.versions.some((version) => version.note || version.confidence !== null);
    const extra = h(
      "tr",
      {},
      h("th", { scope: "row" }, "Remarks"),
      ...state.versions.map((version) =>
        h("td.wd-label", {}, [version.confidence === null || version.confidence === undefined ? "" : `${Math.round(version.confidence * 100)} % sure`, version.note].filter(Boolean).join(" · "))
      )
    );
    const moves = h(
      "tr.wd-choices",
      {},
      h("th", { scope: "row" }, button("No event", "0", () => tell("none"))),
      ...state.versions.map((version, n) =>
        h(
          "td",
          {},
          button(version.has_event ? "Take this" : "No event", String(n + 1), () => take(n), version.has_event ? ".wd-primary" : ""),
          " ",
          version.has_event ? button("Change", n === firstWithEvent() ? "c" : "", () => change(version.coder)) : null
        )
      )
    );
    table.replaceChildren(h("thead", {}, head), h("tbody", {}, ...rows, ...(said ? [extra] : []), moves));
  }

  const firstWithEvent = () => state.versions.findIndex((version) => version.has_event);

  return kernel.listen(boxes, show);
}

export default { render };

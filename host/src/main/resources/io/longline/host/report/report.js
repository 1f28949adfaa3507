"use strict";
(() => {
  const cellValue = (row, index) => {
    const cell = row.cells[index];
    return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
  };
  const compare = (one, other) =>
    typeof one === "number" ? one - other : one.localeCompare(other, "en", { numeric: true });

  for (const button of document.querySelectorAll("[data-sort]")) {
    button.addEventListener("click", () => {
      const head = button.closest("th");
      const table = head.closest("table");
      const descends = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.querySelectorAll("th")) {
        other.removeAttribute("aria-sort");
      }
      head.setAttribute("aria-sort", descends ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows];
      rows.sort((one, other) => {
        const order = compare(cellValue(one, head.cellIndex), cellValue(other, head.cellIndex));
        return descends ? -order : order;
      });
      table.tBodies[0].append(...rows);
    });
  }

  const filter = document.getElementById("filter");
  if (filter) {
    const least = document.getElementById("least");
    const shown = document.getElementById("shown");
    const rows = [...filter.closest("section").querySelectorAll("tbody tr")];
    const apply = () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
      let count = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        const fits = Number(row.dataset.severity) >= Number(least.value)
          && words.every((word) => text.includes(word));
        row.hidden = !fits;
        count += fits ? 1 : 0;
      }
      shown.textContent = count + " of " + rows.length;
    };
    filter.addEventListener("input", apply);
    least.addEventListener("change", apply);
    filter.parentElement.hidden = false;
    apply();
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      // A page that was opened from the disk may not use the clipboard's own interface.
      const range = document.createRange();
      range.selectNodeContents(button.parentElement.querySelector("code"));
      const selection = window.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      button.textContent = document.execCommand("copy") ? "Copied" : "Selected";
    });
  }
})();

(function () {
  "use strict";
  var form = document.getElementById("filters"), found = document.getElementById("found");
  var rows = Array.prototype.slice.call(document.getElementById("records").children);
  var words = rows.map(function (row) { return row.textContent.toLowerCase(); });
  var fields = Array.prototype.slice.call(form.querySelectorAll("select, input"));
  function apply() {
    var asked = fields[0].value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0, state = [];
    rows.forEach(function (row, i) {
      var ok = asked.every(function (word) { return words[i].indexOf(word) >= 0; });
      fields.slice(1).forEach(function (f) { ok = ok && (!f.value || row.getAttribute("data-" + f.id) === f.value); });
      row.hidden = !ok;
      shown += ok ? 1 : 0;
    });
    fields.forEach(function (f) { if (f.value) { state.push(f.id + "=" + encodeURIComponent(f.value)); } });
    found.textContent = shown + " of " + rows.length + " shown";
    if (state.length || location.hash.indexOf("=") > 0) {
      try { history.replaceState(null, "", "#" + state.join("&")); } catch (e) { /* a file that may not */ }
    }
  }
  location.hash.slice(1).split("&").forEach(function (part) {
    var at = part.indexOf("="), field = at > 0 && document.getElementById(part.slice(0, at));
    if (field && fields.indexOf(field) >= 0) {
      try { field.value = decodeURIComponent(part.slice(at + 1)); } catch (e) { /* no filter of ours */ }
    }
  });
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  form.addEventListener("input", apply);
  form.hidden = false;
  apply();
})();

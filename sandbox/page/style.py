"""How the page looks. System fonts and plain CSS: nothing is fetched from elsewhere."""

CSS = """
:root { --ink:#1d2a33; --soft:#5b6b76; --line:#dfe5e9; --side:#22343f; --accent:#1f6f5c; }
body { font-family: system-ui, sans-serif; color: var(--ink); background: #fff; }
.nicegui-content { padding: 0; gap: 0; }
.side { background: var(--side); color: #e8eef1; width: 250px; height: 100vh; padding: 14px;
  overflow-y: auto; flex: none; }
.side .title { font-weight: 700; font-size: 1.05rem; }
.side .group { color: #9fb3be; font-size: .78rem; margin-top: 10px; }
.side .place { color: #e8eef1; width: 100%; text-align: left; justify-content: flex-start; }
.side .place.here { background: #3a5564; }
.side .q-field__native, .side .q-field__label, .side .q-icon { color: #e8eef1; }
.main { flex: 1; height: 100vh; min-width: 0; }
.bar { border-bottom: 1px solid var(--line); padding: 10px 20px; width: 100%; font-weight: 700; }
.stream { flex: 1; overflow-y: auto; width: 100%; padding: 12px 20px; min-height: 0; }
.message { border-bottom: 1px solid #f0f3f5; padding: 8px 0; width: 100%; gap: 4px; }
.message.private { background: #fbf8ee; padding: 8px 10px; border-radius: 6px; }
.who { font-weight: 700; } .when, .hint, .only, .context { color: var(--soft); font-size: .82rem; }
.section { white-space: normal; line-height: 1.45; max-width: 70ch; }
.quote { border-left: 4px solid #cfd8dd; padding-left: 10px; max-width: 70ch; line-height: 1.45; }
.header { font-weight: 700; font-size: 1.1rem; } .mention { color: #1264a3; background: #e8f3fa;
  border-radius: 3px; padding: 0 2px; }
.unknown { color: #8a6d00; font-size: .82rem; }
.block-button { border: 1px solid #b9c4cb; background: #fff; color: var(--ink); padding: 3px 12px; }
.block-button.primary { background: var(--accent); color: #fff; border-color: var(--accent); }
.block-button.danger { color: #b3261e; border-color: #b3261e; }
.field-label { font-weight: 600; } .field-error { color: #b3261e; font-size: .85rem; }
.composer { border-top: 1px solid var(--line); padding: 10px 20px; width: 100%; }
.thread { width: 380px; height: 100vh; flex: none; border-left: 1px solid var(--line); }
.thread .composer { flex-wrap: wrap; } .thread .composer .q-input { flex: 1 1 100%; }
.foot { color: #1264a3; } .reaction { border: 1px solid var(--line); border-radius: 10px; }
.file { border: 1px solid var(--line); border-radius: 6px; padding: 4px 10px; }
.side .more { color: #9fb3be; font-size: .8rem; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr));
  gap: 4px 20px; width: 100%; max-width: 70ch; }
.section a { color: #1264a3; text-decoration: underline; }
blockquote { border-left: 4px solid #cfd8dd; padding-left: 10px; margin: 2px 0; }
pre { background: #f1f3f4; padding: 6px 10px; border-radius: 4px; white-space: pre-wrap; }
.modal-foot { position: sticky; bottom: -16px; background: #fff; padding: 8px 0; z-index: 1; }
.side .quiet { color: #f3d27a; font-size: .8rem; }
.narrow-only { display: none; }
@media (max-width: 700px) {
  .narrow-only { display: inline-flex; }
  .side { display: none; position: fixed; inset: 0 auto 0 0; z-index: 20; max-width: 85vw;
    box-shadow: 0 0 0 100vmax #0006; }
  .side.open { display: flex; }
  .bar { padding: 6px 10px; } .bar .narrow-only + * { flex: 1; } .bar .when { display: none; }
  .stream { padding: 6px 0; }
  .composer { flex-wrap: wrap; padding: 8px 10px; } .composer .q-input { flex: 1 1 100%; }
  .thread { position: fixed; inset: 0; width: 100vw; background: #fff; z-index: 15; }
}
code { background: #f1f3f4; padding: 1px 4px; border-radius: 3px; }
"""

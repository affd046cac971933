// The list of places: sections that fold, unread marks, and arrow keys from one place to the next.
export default {
  template: `
    <nav class="places" aria-label="Channels, messages and apps" @keydown="moved">
      <section v-for="section in sections" :key="section.title">
        <div class="places-head">
          <h2>
            <button type="button" class="fold" :aria-expanded="String(!folded[section.title])"
              @click="folded[section.title] = !folded[section.title]">
              <span class="fold-sign" aria-hidden="true">▾</span>{{ section.title }}
            </button>
          </h2>
          <button v-for="each in section.actions" :key="each.id" type="button" class="places-action"
            :data-testid="each.id" :title="each.label" :aria-label="each.label"
            @click="$emit('do', each.id)"><span aria-hidden="true" :class="each.icon">{{ each.sign }}</span></button>
        </div>
        <ul>
          <li v-for="each in shown(section)" :key="each.id">
            <button type="button" class="place" :data-place="each.id"
              :class="{here: each.here, unread: each.unread, dim: each.dim}"
              :aria-current="each.here ? 'page' : null" :aria-label="spoken(each)"
              :tabindex="each.id === reachable ? 0 : -1" @click="$emit('go', each.id)">
              <span class="sign" :class="each.kind" aria-hidden="true">{{ each.sign }}</span>
              <span class="name">{{ each.name }}</span>
              <span v-if="each.count" class="count" aria-hidden="true">{{ each.count }}</span>
            </button>
          </li>
        </ul>
      </section>
    </nav>`,
  props: { sections: Array },
  emits: ["go", "do"],
  data: () => ({ folded: {} }),
  computed: {
    reachable() {
      const all = this.sections.flatMap((section) => this.shown(section));
      return (all.find((each) => each.here) ?? all[0])?.id;
    },
  },
  methods: {
    // A folded section still shows where one is and what is unread.
    shown(section) {
      if (!this.folded[section.title]) return section.items;
      return section.items.filter((each) => each.here || each.unread);
    },
    spoken(each) {
      const unread = each.count ? `, ${each.count} unread` : each.unread ? ", unread" : "";
      return each.spoken + unread;
    },
    moved(event) {
      const all = [...this.$el.querySelectorAll(".place")];
      const at = all.indexOf(document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      all[Math.min(Math.max(to, 0), all.length - 1)].focus();
    },
  },
};

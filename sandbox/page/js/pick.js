// A select with headings over groups and a line under an option. Where the app knows what there
// is, it is asked for what was typed; elsewhere options are narrowed by it.
export default {
  props: ["options", "abouts", "nothing", "answered", "least", "until"],
  emits: ["input-value", "update:model-value", "asked"],
  template: `
    <q-select ref="qRef" :options="shown" :input-debounce="asks ? 250 : 0" @filter="narrow"
      @popup-show="plain"
      @update:model-value="(...args) => $emit('update:model-value', ...args)"
      @input-value="(words) => $emit('input-value', words)">
      <template #option="scope">
        <div v-if="headed(scope.index)" class="pick-group" aria-hidden="true">{{ group(scope.opt) }}</div>
        <q-item v-bind="scope.itemProps">
          <q-item-section>
            <q-item-label>{{ scope.opt.label }}</q-item-label>
            <q-item-label v-if="about(scope.opt)" caption>{{ about(scope.opt) }}</q-item-label>
          </q-item-section>
        </q-item>
      </template>
      <template #no-option>
        <div class="pick-nothing" role="status">{{ empty }}</div>
      </template>
    </q-select>`,
  data() {
    return { shown: this.options, words: "", waiting: false };
  },
  computed: {
    asks() {
      return this.least !== undefined;
    },
    empty() {
      if (this.asks && this.words.length < this.least) return this.until;
      return this.waiting ? "Asking the app…" : this.nothing;
    },
  },
  methods: {
    told(option) {
      return (this.abouts || {})[option.label] || {};
    },
    group(option) {
      return this.told(option).group || "";
    },
    about(option) {
      return this.told(option).about || "";
    },
    headed(index) {
      const group = this.group(this.shown[index]);
      return group && (index === 0 || this.group(this.shown[index - 1]) !== group);
    },
    // Between a list and its options nothing may take the focus.
    plain() {
      const within = "[role=listbox] .q-virtual-scroll__content";
      setTimeout(() => {
        document.querySelectorAll(within).forEach((each) => each.removeAttribute("tabindex"));
      }, 50);
    },
    narrow(words, update) {
      this.words = words;
      if (this.asks && words.length >= this.least) {
        this.waiting = true;
        this.$emit("asked", words);
      }
      update(() => this.show());
      this.plain();
    },
    show() {
      const wanted = this.words.toLocaleLowerCase();
      this.shown =
        this.asks || !wanted
          ? this.options
          : this.options.filter((each) => String(each.label).toLocaleLowerCase().includes(wanted));
    },
  },
  watch: {
    options() {
      this.show();
    },
    answered() {
      this.waiting = false;
    },
  },
};

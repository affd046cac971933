// Dark or light: as the system has it, until somebody chooses; what they chose is remembered.
const NEXT = { system: "dark", dark: "light", light: "system" };
const SIGNS = { system: "◐", dark: "☾", light: "☀" };

export default {
  template: `
    <button type="button" class="rail-button" data-testid="theme" @click="change"
      :aria-label="'Colours: ' + stands + '. Change to ' + next" :title="'Colours: ' + stands">
      <span aria-hidden="true">{{ sign }}</span></button>`,
  data: () => ({ stands: localStorage.getItem("theme") ?? "system" }),
  computed: {
    next() {
      return NEXT[this.stands];
    },
    sign() {
      return SIGNS[this.stands];
    },
  },
  beforeMount() {
    this.show();
    // Two halves of one page, or two windows, look alike.
    addEventListener("storage", this.heard);
  },
  unmounted() {
    removeEventListener("storage", this.heard);
  },
  methods: {
    change() {
      this.stands = this.next;
      localStorage.setItem("theme", this.stands);
      this.show();
    },
    heard(event) {
      if (event.key !== "theme") return;
      this.stands = event.newValue ?? "system";
      this.show();
    },
    show() {
      setDark({ system: null, dark: true, light: false }[this.stands]);
    },
  },
};

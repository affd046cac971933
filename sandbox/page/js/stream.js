// What scrolls: it stays at its end while new things come, and where one reads otherwise.
export default {
  template: `
    <div class="stream-frame">
      <div ref="box" class="stream" tabindex="0" role="region" :aria-label="label" @scroll="scrolled">
        <div ref="inner" class="stream-inner"><slot /></div>
      </div>
      <button v-if="more" type="button" class="latest" @click="bottom">New messages below ↓</button>
    </div>`,
  props: { label: String, begins: { type: String, default: "bottom" } },
  data: () => ({ low: true, more: false }),
  mounted() {
    this.low = this.begins === "bottom";
    this.height = 0;
    this.held = null;
    this.watching = new ResizeObserver(() => this.grown());
    this.watching.observe(this.$refs.inner);
    this.watching.observe(this.$refs.box);
  },
  unmounted() {
    this.watching.disconnect();
  },
  methods: {
    scrolled() {
      const box = this.$refs.box;
      this.low = box.scrollHeight - box.scrollTop - box.clientHeight < 48;
      if (this.low) this.more = false;
    },
    grown() {
      const box = this.$refs.box;
      const more = box.scrollHeight > this.height + 8;
      this.height = box.scrollHeight;
      if (this.held !== null) {
        box.scrollTop = box.scrollHeight - this.held;
        this.held = null;
      } else if (this.low) {
        box.scrollTop = box.scrollHeight;
      } else if (more && this.begins === "bottom") {
        this.more = true;
      }
    },
    bottom() {
      this.low = true;
      this.more = false;
      this.$refs.box.scrollTop = this.$refs.box.scrollHeight;
    },
    top() {
      this.low = this.more = false;
      this.$refs.box.scrollTop = 0;
    },
    // Something is about to be put above what one sees.
    hold() {
      this.held = this.$refs.box.scrollHeight - this.$refs.box.scrollTop;
    },
  },
};

// What a screen reader says by itself. It stands apart from the page, whose text it repeats.
export default {
  template: `<div :data-said="said"></div>`,
  props: { said: String },
  mounted() {
    const root = this.$el.attachShadow({ mode: "closed" });
    this.region = document.createElement("div");
    this.region.setAttribute("role", "status");
    this.region.setAttribute("aria-live", "polite");
    this.region.style = "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)";
    root.append(this.region);
  },
  watch: {
    said(words) {
      this.region.textContent = words;
    },
  },
};

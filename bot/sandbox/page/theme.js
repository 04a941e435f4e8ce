// Runs before anything is drawn, so that the chosen colours do not come with a flash of the others.
try {
  const chosen = localStorage.getItem("kabarchy.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // private windows may refuse storage: the system's colours it is
}

namespace Tilskudd.Layout;

/// <summary>The words every page shares: menu, footer, titles, states. A page's own words stand in its own .resx.</summary>
internal sealed class SiteWords;

namespace Tilskudd.Layout;

/// <summary>The person signed in, as the top of every page shows them. Set as a feature of the request by sign-in.</summary>
/// <param name="Name">The person's name.</param>
/// <param name="Role">The role's name in the person's language.</param>
/// <param name="Menu">The parts of the application this person has use for, in order.</param>
internal sealed record Viewer(string Name, string Role, IReadOnlyList<Section> Menu);

/// <summary>The parts of the application in the main menu.</summary>
public enum Section
{
    Overview,
    Inbox,
    Plans,
    Deadlines,
    Process,
    Trail,
    Administration,
}

/// <summary>Where a part of the application begins.</summary>
internal static class Sections
{
    public static string Path(this Section section) => section switch
    {
        Section.Overview => "/",
        Section.Inbox => "/innboks",
        Section.Plans => "/planer",
        Section.Deadlines => "/frister",
        Section.Process => "/prosess",
        Section.Trail => "/spor",
        Section.Administration => "/admin",
    };
}

/// <summary>A step on the way from the overview to this page; the last one is the page itself.</summary>
/// <param name="Text">The page's short name.</param>
/// <param name="Path">Its path.</param>
public sealed record Crumb(string Text, string Path);

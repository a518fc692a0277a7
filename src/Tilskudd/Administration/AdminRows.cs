using Tilskudd.Layout;

namespace Tilskudd.Administration;

/// <summary>How a field of a form is filled in.</summary>
public enum FieldKind
{
    Line,
    Email,
    Area,
    Date,
    Amount,
    Choice,

    /// <summary>Several of its choices may be ticked; the value is those that are, with commas between.</summary>
    Several,
}

/// <summary>One field of a form; its label is <c>Field.</c> and its name in the words.</summary>
public sealed record FieldRow(FieldKind Kind, string Name, string Value)
{
    /// <summary>What follows the name in the key of the label, where two forms say different things about a field.</summary>
    public string Label { get; init; } = "";

    public string? Hint { get; init; }

    public bool IsOptional { get; init; }

    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>What stands where nothing is chosen; null where something always is.</summary>
    public string? Empty { get; init; }

    public int Longest { get; init; } = AdminRoom.LongestName;
}

/// <summary>A page with a form.</summary>
/// <param name="Path">Where it is posted.</param>
/// <param name="Back">Where one comes when it is saved, or given up.</param>
/// <param name="Crumbs">The way here, the page itself last.</param>
public sealed record FormRow(string Title, string Path, string Back, IReadOnlyList<Crumb> Crumbs, IReadOnlyList<FieldRow> Fields)
{
    public string Lead { get; init; } = "";

    public string Button { get; init; } = "";

    /// <summary>Why it cannot be done, and what can be done instead; null where it can. Then there is nothing to post.</summary>
    public string? Refusal { get; init; }

    /// <summary>How many times what is changed had been written when the form was shown.</summary>
    public int? Version { get; init; }

    /// <summary>What else can be done about the thing, on a page of its own.</summary>
    public PageLink? Beside { get; init; }

    /// <summary>Where the thing is ended, where that is not said on a page of its own.</summary>
    public string? End { get; init; }

    /// <summary>Where it is taken away, if it was registered by mistake.</summary>
    public string? Remove { get; init; }
}

/// <summary>A page that lists things, or one thing with what belongs to it.</summary>
public sealed record ListRow(string Title, string Path, IReadOnlyList<Crumb> Crumbs, IReadOnlyList<ListPart> Parts)
{
    public string Lead { get; init; } = "";

    /// <summary>Whom the page is about stands in no source.</summary>
    public bool IsInvented { get; init; }

    /// <summary>What it says about itself.</summary>
    public IReadOnlyList<SummaryRow> Summary { get; init; } = [];

    public IReadOnlyList<PageLink> Links { get; init; } = [];

    /// <summary>What was searched for; null where nothing can be.</summary>
    public string? Search { get; init; }

    public Paging? Paging { get; init; }
}

/// <summary>A list on a page, with what can be done beside it.</summary>
/// <param name="Id">Unique on the page.</param>
/// <param name="Empty">What is said where there is none.</param>
public sealed record ListPart(string Id, string Title, IReadOnlyList<TaskRow> Rows, string Empty, params IReadOnlyList<PageLink> Links);

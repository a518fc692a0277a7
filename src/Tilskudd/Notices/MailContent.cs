using Tilskudd.Cycle.People;
using Tilskudd.Layout;

namespace Tilskudd.Notices;

/// <summary>A line of the table of facts in a mail.</summary>
public sealed record MailFact(string Name, IReadOnlyList<string> Lines);

/// <summary>The one thing to press in a mail.</summary>
public sealed record MailAction(string Label, string Url);

/// <summary>What a mail says, before it is either text or HTML: both are written from this, so they say the same.</summary>
public sealed record MailContent(Language Language, string Subject, string Heading)
{
    /// <summary>The municipality the mail is from, or null where it is from the application itself.</summary>
    public string? Municipality { get; init; }

    /// <summary>What a phone shows beside the subject.</summary>
    public string Preheader { get; init; } = "";

    /// <summary>The code to type when confirming; stands first, and again where it is needed.</summary>
    public string? Code { get; init; }

    public string Greeting { get; init; } = "";

    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    /// <summary>The sentence about the deadline, which must not be missed.</summary>
    public string? Deadline { get; init; }

    /// <summary>The sentence about the code.</summary>
    public string? CodeNeeded { get; init; }

    public IReadOnlyList<MailFact> Facts { get; init; } = [];

    public MailAction? Action { get; init; }

    /// <summary>Small print, a paragraph to each.</summary>
    public IReadOnlyList<string> Footer { get; init; } = [];

    /// <summary>The person questions go to.</summary>
    public Person? ReplyTo { get; init; }

    /// <summary>Who it is from, as the mail's own signature.</summary>
    public string Sender => Municipality is null ? Texts.Of<MailWords>(Language, "Sender.Alone") : Texts.Of<MailWords>(Language, "Sender", Municipality);
}

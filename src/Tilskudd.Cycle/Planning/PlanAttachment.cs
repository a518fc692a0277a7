using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Planning;

/// <summary>A file that goes with a plan. The plan keeps its name and its hash; the bytes lie apart, under the hash, and never change.</summary>
public sealed class PlanAttachment
{
    private PlanAttachment() { }

    internal PlanAttachment(AttachmentContent file, PersonId by, DateTimeOffset at) =>
        (Name, MediaType, Size, Sha256, AddedBy, AddedAt) = (file.Name, file.MediaType, file.Size, file.Sha256, by, at);

    public string Name { get; private set; } = "";

    /// <summary>What the bytes are, as found in them and not as the browser said.</summary>
    public string MediaType { get; private set; } = "";

    /// <summary>In bytes.</summary>
    public long Size { get; private set; }

    /// <summary>SHA-256 of the bytes, in lower-case hex.</summary>
    public string Sha256 { get; private set; } = "";

    public PersonId AddedBy { get; private set; }

    public DateTimeOffset AddedAt { get; private set; }

    public AttachmentContent Content => new(Name, MediaType, Size, Sha256);
}

/// <summary>A file as a version shows it: part of what a vote is bound to.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of the bytes, in lower-case hex.</param>
public sealed record AttachmentContent(string Name, string MediaType, long Size, string Sha256);

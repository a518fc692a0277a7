using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Planning;

/// <summary>A file that goes with a plan. The plan keeps its name and its hash; the bytes lie apart, under the hash, and never change.</summary>
public sealed record PlanAttachment(AttachmentContent File, PersonId AddedBy, DateTimeOffset AddedAt);

/// <summary>A file as a version shows it: part of what a vote is bound to.</summary>
/// <param name="MediaType">What the bytes are, as found in them and not as the browser said.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of the bytes, in lower-case hex.</param>
public sealed record AttachmentContent(string Name, string MediaType, long Size, string Sha256);

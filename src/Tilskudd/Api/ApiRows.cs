using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tilskudd.Api;

/// <summary>A part of a list.</summary>
/// <param name="Items">In an order that never changes.</param>
/// <param name="Next">What to give as <c>after</c> for the next part; null at the end.</param>
public sealed record ApiPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A programme: an agreement between the state and a municipality.</summary>
/// <param name="Slug">Its word in addresses, and the value of the filter <c>programme</c>.</param>
public sealed record ApiProgramme(Guid Id, string Slug, string Name, string Municipality, int? FromYear, int? ToYear);

/// <summary>A plan unit's handlingsplan for a year.</summary>
/// <param name="ApprovedVersion">The version that is approved; null before any is.</param>
public sealed record ApiPlan(Guid Id, string Programme, string Unit, int Year, int Revision, int? ApprovedVersion);

/// <summary>A flow on its way for one document.</summary>
/// <param name="Version">The version of the flow's file.</param>
/// <param name="WaitsFor">The key of the role or body it waits for; empty when it is closed or waits for a date.</param>
/// <param name="ClosedAs">The final state; empty while it is open.</param>
public sealed record ApiRun(
    Guid Id, string Programme, string Unit, int Year, string Flow, int Version, string DocumentKind, Guid DocumentId, string Step, string Phase, string WaitsFor,
    DateTimeOffset StartedAt, DateTimeOffset? DueAt, DateTimeOffset? ClosedAt, string ClosedAs);

/// <summary>A date something is, or was, due in a run.</summary>
/// <param name="Revision">From 1; moving the deadline makes the next, with an id of its own.</param>
/// <param name="On">The date set, before any shift to a working day.</param>
/// <param name="WithdrawnAt">When it was no longer asked for.</param>
public sealed record ApiDeadline(
    Guid Id, Guid Run, string Programme, int Year, string Key, int Revision, DateOnly On, TimeOnly? Time, DateOnly EffectiveOn, DateTimeOffset DueAt, DateTimeOffset? MetAt, DateTimeOffset? WithdrawnAt);

/// <summary>An entry of the trail, as it is hashed.</summary>
/// <param name="About">What it happened to: kind/id.</param>
public sealed record ApiTrailEntry(long Seq, string At, string Actor, string Event, [property: JsonPropertyName("object")] string About, string Version, JsonElement Data, string Prev, string Hash);

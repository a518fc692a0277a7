namespace Tilskudd.Year.Sources;

/// <summary>
/// The time plan of Strømsø's mid-term evaluation, with vague dates kept as intervals. It is not the plan's own calendar.
/// </summary>
/// <param name="Subject">What is planned.</param>
/// <param name="Meetings">The meetings of the political group that are known.</param>
/// <param name="Steps">The steps, in order.</param>
internal sealed record TimePlan(string Subject, IReadOnlyList<MeetingSource> Meetings, IReadOnlyList<TimePlanStep> Steps);

/// <summary>A meeting of a body, and the matter before it.</summary>
internal sealed record MeetingSource(string Body, DateOnly On, string Matter, bool YearIsInferred, SourcePlace Place);

/// <summary>One step of the time plan.</summary>
internal sealed record TimePlanStep(int Number, string TextVerbatim, DateInterval When, SourcePlace Place);

namespace Tilskudd.Notices.Mailing;

/// <summary>An entry for the reader's calendar, carried by a mail (RFC 5545, RFC 6047).</summary>
/// <param name="Method">What the calendar program is to do with it: <c>REQUEST</c> or <c>CANCEL</c>.</param>
/// <param name="Text">The whole calendar object.</param>
internal sealed record CalendarPart(string Method, string Text);

using Tilskudd.Notices.Mailing;

namespace Tilskudd.Tests.Conformance;

/// <summary>A mail as any notice would send it.</summary>
internal static class GivenMail
{
    public static readonly EmailAddress Sender = EmailAddress.Read("ikke-svar@tilskudd.example")!;

    public static OutgoingMail To(string address = "kari@drammen.example", string name = "Kari Nordby", string subject = "Til godkjenning", string text = "Hei Kari.\n", string html = "<p>Hei Kari.</p>") => new(
        new Guid("0192f000-0000-7000-8000-000000000001"),
        new(Sender, "Tilskudd, Drammen kommune"),
        new(EmailAddress.Read(address)!, name),
        new(EmailAddress.Read("ingrid@drammen.example")!, "Ingrid Solli"),
        subject, "0192f000@tilskudd.example", new DateTimeOffset(2024, 11, 20, 8, 0, 0, TimeSpan.Zero), "0192f000@tilskudd.example", text, html);
}

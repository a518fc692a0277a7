using System.Text;
using Tilskudd.Notices.Mailing;
using Tilskudd.Tests.Conformance;

namespace Tilskudd.Tests.Notices.Mailing;

public sealed class MimeWriterTests
{
    [Fact]
    public void The_headers_are_those_the_mail_says()
    {
        var mail = GivenMail.To() with { ThreadId = "forste@tilskudd.example" };

        var headers = Encoding.ASCII.GetString(MimeWriter.Write(mail)).Split("\r\n\r\n")[0];

        Assert.Equal(
            """
            Date: Wed, 20 Nov 2024 08:00:00 +0000
            From: "Tilskudd, Drammen kommune"
             <ikke-svar@tilskudd.example>
            To: "Kari Nordby"
             <kari@drammen.example>
            Reply-To: "Ingrid Solli"
             <ingrid@drammen.example>
            Subject: Til godkjenning
            Message-ID: <0192f000@tilskudd.example>
            In-Reply-To: <forste@tilskudd.example>
            References: <forste@tilskudd.example>
            Auto-Submitted: auto-generated
            X-Auto-Response-Suppress: All
            MIME-Version: 1.0
            Content-Type: multipart/alternative;
            """.ReplaceLineEndings("\r\n"),
            headers[..headers.LastIndexOf("\r\n", StringComparison.Ordinal)]);
    }

    [Fact]
    public void The_same_mail_is_always_the_same_bytes()
    {
        var first = MimeWriter.Write(GivenMail.To());
        var second = MimeWriter.Write(GivenMail.To());

        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData("Handlingsplan 2025 for Strømsø 2030")]
    [InlineData("Plan 🎉 med smil")]
    [InlineData("=?utf-8?B?SGVp?= er ikke kodet")]
    [InlineData("a")]
    [InlineData("")]
    public void A_subject_is_read_back_as_it_was_written(string subject)
    {
        var read = MailReader.Read(MimeWriter.Write(GivenMail.To(subject: subject)));

        Assert.Equal(subject, read.Subject);
    }

    [Fact]
    public void A_subject_of_two_thousand_letters_is_folded_and_read_back_whole()
    {
        var subject = string.Concat(Enumerable.Repeat("Strømsø 🎉 ", 200))[..1999] + "x";

        var bytes = MimeWriter.Write(GivenMail.To(subject: subject));

        Assert.Equal(subject, MailReader.Read(bytes).Subject);
        Assert.All(Encoding.ASCII.GetString(bytes).Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced()
    {
        var read = MailReader.Read(MimeWriter.Write(GivenMail.To(subject: "Plan \uD83C slutt", text: "a\uD83Cb")));

        Assert.Equal("Plan \uFFFD slutt", read.Subject);
        Assert.Equal("a\uFFFDb", read.Text);
    }

    [Theory]
    [InlineData("Kari, leder\" <ond@evil.example>, \"x")]
    [InlineData("Kari\r\nBcc: ond@evil.example")]
    [InlineData("Åse <ond@evil.example>")]
    [InlineData("a\\\"b")]
    public void A_name_can_add_neither_a_header_nor_a_recipient(string name)
    {
        var bytes = MimeWriter.Write(GivenMail.To(name: name));

        var read = MailReader.Read(bytes);
        Assert.Equal("kari@drammen.example", read.To);
        Assert.Equal(name.Replace('\r', ' ').Replace('\n', ' '), read.ToName);
        Assert.DoesNotContain("\r\nBcc", Encoding.ASCII.GetString(bytes), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_subject_cannot_add_a_header()
    {
        var bytes = MimeWriter.Write(GivenMail.To(subject: "Hei\r\nBcc: ond@evil.example\r\n\r\nkropp"));

        Assert.DoesNotContain("\r\nBcc", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal("Hei  Bcc: ond@evil.example    kropp", MailReader.Read(bytes).Subject);
    }

    [Fact]
    public void Both_parts_are_read_back_and_every_line_is_short_and_ends_in_CRLF()
    {
        var text = "Første linje\n.\n..\n" + new string('å', 5_000) + "\nslutter med mellomrom \nbare CR\rslutt = 1\n";
        const string html = "<p>Strømsø &amp; 🎉</p>\n<a href=\"https://x.example/g/abc?d=1\">her</a>";

        var bytes = MimeWriter.Write(GivenMail.To(text: text, html: html));

        var read = MailReader.Read(bytes);
        Assert.Equal(text.Replace('\r', '\n'), read.Text.ReplaceLineEndings("\n"));
        Assert.Equal(html, read.Html.ReplaceLineEndings("\n"));
        var written = Encoding.ASCII.GetString(bytes);
        Assert.All(written.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
        Assert.DoesNotContain('\n', written.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain('\r', written.Replace("\r\n", "", StringComparison.Ordinal));
    }
}

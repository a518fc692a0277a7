using System.Text;
using Tilskudd.Notices.Inbound;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Tests.Notices.Inbound;

public sealed class MailNewsTests
{
    private const string Id = "0192f000000070008000000000000001@tilskudd.example";

    public static TheoryData<string, NewsKind?, string> Shapes => new()
    {
        { ForeignMails.PostfixBounce, NewsKind.NotArrived, "550 5.1.1 [adresse] Recipient address rejected: User unknown" },
        { ForeignMails.PostfixDelay, NewsKind.Delayed, "4.4.1 connect to mail.drammen.example[192.0.2.7]:25: Connection timed out" },
        { ForeignMails.ExchangeBounce, NewsKind.NotArrived, "554 5.2.2 mailbox full; STOREDRV.Deliver; QuotaExceededException" },
        { ForeignMails.GmailBounce, NewsKind.NotArrived, "550-5.1.1 The email account that you tried to reach does not exist." },
        { ForeignMails.GivenUpAfterDays, NewsKind.NotArrived, "4.4.7" },
        { ForeignMails.DeliveredReport, null, "" },
        { ForeignMails.ReadReceipt, null, "" },
        { ForeignMails.OldBounce, NewsKind.NotArrived, "550 No such user here" },
        { ForeignMails.ExchangeAway, NewsKind.Away, "Hei!\nJeg er på ferie til 2. desember. Kontakt Ola Lie på telefon 32 00 00 00." },
        { ForeignMails.Vacation, NewsKind.Away, "Jeg er borte – tilbake på mandag." },
        { ForeignMails.AwayBySubject, NewsKind.Away, "Jeg er sykmeldt ut uka." },
        { ForeignMails.OutlookReply, NewsKind.Reply, "Hei,\njeg godkjenner planen, men vil ha med lys i parken på Strømsø.\n\nKari" },
        { ForeignMails.OutlookReplyWithoutLine, NewsKind.Reply, "I cannot open the page." },
        { ForeignMails.GmailReply, NewsKind.Reply, "Dette må vi snakke om i møtet." },
        { ForeignMails.HtmlOnlyReply, NewsKind.Reply, "Jeg er uenig i beløpet & sier nei.\n\nSe lenken [lenke fjernet]" },
        { ForeignMails.PhoneReply, NewsKind.Reply, "Ok for meg\n\nSendt fra min iPhone" },
        { ForeignMails.InlineReply, NewsKind.Reply, "Ja.\nLenken [lenke fjernet] virker ikke,\nheller ikke [lenke fjernet] eller\n[lenke fjernet] alene." },
        { ForeignMails.EnglishReply, NewsKind.Reply, "Send it back, please – the sum is wrong." },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_mail_of_any_shape_is_read_for_what_it_says_about_ours(string shape, NewsKind? kind, string text)
    {
        foreach (var lineEnd in new[] { "\r\n", "\n" })
        {
            var news = MailNews.Of(MailPart.Read(Bytes(shape, lineEnd)));

            Assert.Equal(kind, news.Kind);
            Assert.Contains(Id, news.Ids);
            Assert.Equal(text, news.Text);
            Assert.DoesNotContain("abcDEF123", news.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("4711", news.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_header_is_read_whatever_its_encoding()
    {
        var mail = MailPart.Read(Bytes(ForeignMails.ExchangeAway, "\r\n"));

        Assert.Equal("Automatisk svar: Til godkjenning: Handlingsplan for Strømsø", mail["Subject"]);
        Assert.Equal("kari@drammen.example", MailNews.Of(mail).From);
    }

    [Fact]
    public void A_letter_split_between_two_words_is_put_together()
    {
        Assert.Equal("på", HeaderText.Read("=?utf-8?Q?p=C3?= =?utf-8?Q?=A5?="));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\u0001\u0002")]
    [InlineData("ingen overskrift her\n\nbare tekst")]
    public void What_has_no_headers_is_no_mail(string content)
    {
        Assert.False(MailPart.Read(Encoding.Latin1.GetBytes(content)).HasHeaders);
    }

    [Fact]
    public void Hostile_shapes_are_read_as_far_as_they_go()
    {
        var nested = string.Concat(Enumerable.Range(0, 2_000).Select(depth => $"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"));
        var many = "Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\nx\n", 100_000));
        var wide = string.Concat(Enumerable.Range(0, 50_000).Select(number => $"X-{number}: a\n")) + "\nhei";
        var folded = "Subject: a\n" + string.Concat(Enumerable.Repeat(" b\n", 200_000)) + "\nhei";
        var letters = "Content-Type: text/html\nMessage-ID: <a@b>\n\n" + new string('<', 900_000);
        var address = "From: a\nIn-Reply-To: <x@y>\n\n" + string.Concat(Enumerable.Repeat("http://a/g/b\n", 60_000));
        foreach (var hostile in new[] { nested, many, wide, folded, letters, address, "Subject: =?utf-8?B?" + new string('A', 900_000) })
        {
            var mail = MailPart.Read(Encoding.Latin1.GetBytes(hostile));

            Assert.InRange(mail.All.Count(), 1, 101);
            Assert.InRange(MailNews.Of(mail).Text.Length, 0, 2_100);
        }
    }

    [Fact]
    public void No_damage_makes_the_reader_throw()
    {
        var dice = new Random(1);
        foreach (var shape in Shapes.Select(row => row.Data.Item1))
        {
            for (var turn = 0; turn < 100; turn++)
            {
                var bytes = Bytes(shape, "\r\n");
                for (var hit = 0; hit < 20; hit++)
                {
                    bytes[dice.Next(bytes.Length)] = (byte)dice.Next(256);
                }

                var news = MailNews.Of(MailPart.Read(bytes.AsSpan(dice.Next(50), dice.Next(bytes.Length - 50))));

                Assert.DoesNotContain('\0', news.Text);
            }
        }
    }

    private static byte[] Bytes(string shape, string lineEnd) => Encoding.UTF8.GetBytes(shape.Replace("{id}", Id, StringComparison.Ordinal).ReplaceLineEndings(lineEnd));
}

using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Notices;

/// <summary>The mails of a year, over one of every document.</summary>
public sealed partial class YearMailsTests : IAsyncLifetime
{
    private GivenNotices _given = null!;
    private PersonId _member;
    private RoundId _round;
    private GrantId _grant;
    private RapportId _rapport;

    public async ValueTask InitializeAsync()
    {
        _given = await GivenNotices.Create();
        await _given.Database.Write(SmallYear.Write);
        await using var db = _given.Database.Read();
        _member = (await db.People.SingleAsync(person => person.Email == "ola@parti.example")).Id;
        _round = (await db.Rounds.SingleAsync()).Id;
        _grant = (await db.Grants.SingleAsync()).Id;
        _rapport = (await db.Rapporter.SingleAsync()).Id;
    }

    public ValueTask DisposeAsync() => _given.DisposeAsync();

    [Fact]
    public async Task A_member_is_asked_with_a_link_and_a_code_that_open_the_round()
    {
        await _given.Tell(NoticeKind.ApprovalAsked, _member, new NoticeAbout { RoundId = _round });

        await _given.Send();

        var mail = Assert.Single(_given.Mailer.Mails);
        var token = Token().Match(mail.Text).Groups[1].Value;
        var code = mail.Text[6..10];
        Assert.Equal("Til godkjenning innen 4. desember: Handlingsplan 2025 for Strømsø", mail.Subject);
        Assert.Equal(
            $"""
            Kode: {code}

            Hei Ola Vest.

            Handlingsplan 2025 for Strømsø er klar for svaret ditt.

            Du kan godkjenne, godkjenne med merknad, sende den tilbake eller melde
            fra om habilitet.

            SVAR INNEN ONSDAG 4. DESEMBER KL. 09

            Les planen og svar:
            http://localhost:5080/g/{token}

            Når du bekrefter svaret, skriver du koden {code}.

            Budsjett:  2,5 mill. kr
            Kilder:    2,5 mill. kr fra KDD (kap. 590 post 65)

            Lenken er personlig. Ikke videresend denne e-posten.
            Ingenting blir registrert før du bekrefter svaret på nettsiden.

            Tilskudd, Drammen

            """.ReplaceLineEndings("\n"),
            mail.Text.Replace('\u00A0', ' '));
        await using var db = _given.Database.Read();
        var found = await Links.Find(db, token, _given.Database.Clock.GetUtcNow());
        Assert.Equal((_round, _member), (found!.Link.RoundId, found.Link.PersonId));
        Assert.Contains($"Kode: {code}.", mail.Html, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(mail.Html, $"href=\"http://localhost:5080/g/{token}\""));
        Assert.DoesNotContain("<img", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_answered_is_not_reminded_and_nobody_is_asked_when_the_round_is_closed()
    {
        var reminder = await _given.Tell(NoticeKind.ApprovalReminder, _member, new NoticeAbout { RoundId = _round });
        await _given.Send();
        await CloseRound();
        var asked = await _given.Tell(NoticeKind.ApprovalAsked, _member, new NoticeAbout { RoundId = _round });
        var code = await _given.Tell(NoticeKind.FreshCode, _member, new NoticeAbout { RoundId = _round });

        await _given.Send();

        foreach (var id in new[] { reminder, asked, code })
        {
            Assert.Equal(NoticeState.Cancelled, (await _given.Find(id)).State);
        }

        Assert.Empty(_given.Mailer.Mails);
        await using var db = _given.Database.Read();
        Assert.Empty(db.Set<LinkToken>());
    }

    [Fact]
    public async Task A_round_that_closes_while_a_mail_about_it_is_sent_is_closed_for_the_next_mail_of_the_batch()
    {
        var first = await _given.Tell(NoticeKind.ApprovalAsked, _member, new NoticeAbout { RoundId = _round });
        var second = await _given.Tell(NoticeKind.ApprovalAsked, _member, new NoticeAbout { RoundId = _round });
        _given.Mailer.Meanwhile = CloseRound;

        await _given.Send();

        Assert.Equal((NoticeState.Sent, NoticeState.Cancelled), ((await _given.Find(first)).State, (await _given.Find(second)).State));
        Assert.Single(_given.Mailer.Mails);
    }

    [Fact]
    public async Task An_answer_gets_a_receipt_and_a_closed_round_its_result()
    {
        await _given.Tell(NoticeKind.AnswerReceipt, _member, new NoticeAbout { RoundId = _round });
        var early = await _given.Tell(NoticeKind.RoundResult, _member, new NoticeAbout { RoundId = _round });
        await _given.Send();
        await CloseRound();
        await _given.Tell(NoticeKind.RoundResult, _member, new NoticeAbout { RoundId = _round });

        await _given.Send();

        var mails = _given.Mailer.Mails.ToArray();
        Assert.Equal(NoticeState.Cancelled, (await _given.Find(early)).State);
        Assert.Equal(["Svaret ditt er registrert: Handlingsplan 2025 for Strømsø", "Godkjent: Handlingsplan 2025 for Strømsø"], mails.Select(mail => mail.Subject));
        Assert.Contains("Svar:       Godkjent med merknad\nVersjon:    1\nTidspunkt:  20.11.2024 kl. 09.00\nMerknad:    Bra\n", mails[0].Text, StringComparison.Ordinal);
        Assert.Contains("Styringsgruppa har godkjent versjon 1.", mails[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/g/", mails[0].Text + mails[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fresh_code_has_six_digits_and_no_link()
    {
        await _given.Tell(NoticeKind.FreshCode, _member, new NoticeAbout { RoundId = _round });

        await _given.Send();

        var mail = Assert.Single(_given.Mailer.Mails);
        Assert.Matches(SixDigits(), mail.Text);
        Assert.DoesNotContain("http", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task News_of_the_letter_carries_its_amount_and_its_dates()
    {
        await _given.Tell(NoticeKind.MoneyNews, _member, new NoticeAbout { GrantId = _grant });

        await _given.Send();

        var mail = Assert.Single(_given.Mailer.Mails);
        Assert.Equal("Tilskuddsbrevet er registrert: Tilskudd 2025 fra KDD for Strømsø", mail.Subject);
        Assert.Contains("Tildelt:       2 500 000 kr\nReferanse:     24/1234\nRapportfrist:  1. mars 2026", mail.Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grantor_gets_a_link_of_its_own_to_what_was_submitted_and_a_correction_reaches_the_sender()
    {
        await MakeContact();
        await _given.Database.Write(writing =>
        {
            var rapport = writing.Db.Rapporter.Single();
            Assert.Null(rapport.RecordAuditor("Uten merknad.", new LocalDate(2024, 11, 19), new LocalDate(2024, 11, 20)));
            rapport.Approve(1);
            Assert.Null(rapport.Submit(writing.Db.Grants.Single().Letter!, Limits.Default, writing.Now));
        });
        await _given.Tell(NoticeKind.SubmissionSent, _member, new NoticeAbout { RapportId = _rapport });
        await _given.Send();
        await Change(rapport => Assert.Null(rapport.AskForCorrection("Legg ved regnskapet.\nOg underskriften.", _given.Database.Clock.GetUtcNow())));
        var late = await _given.Tell(NoticeKind.SubmissionSent, _member, new NoticeAbout { RapportId = _rapport });
        await _given.Tell(NoticeKind.CorrectionAsked, _member, new NoticeAbout { RapportId = _rapport });

        await _given.Send();

        var mails = _given.Mailer.Mails.ToArray();
        Assert.Equal(2, mails.Length);
        Assert.Equal("Til mottak: Rapport 2025 til KDD for Strømsø", mails[0].Subject);
        Assert.Matches(GrantorLink(), mails[0].Text);
        Assert.Matches("^Kode: [0-9]{4}\n", mails[0].Text);
        Assert.Contains("Legg ved regnskapet.\nOg underskriften.", mails[1].Text, StringComparison.Ordinal);
        Assert.Equal(NoticeState.Cancelled, (await _given.Find(late)).State);
    }

    [Fact]
    public async Task What_people_write_is_text_in_the_html_too()
    {
        await _given.Tell(_member, "<script>alert(1)</script> & \"æøå\"\nLinje to.");

        await _given.Send();

        var mail = Assert.Single(_given.Mailer.Mails);
        Assert.DoesNotContain("<script", mail.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", mail.Html, StringComparison.Ordinal);
        Assert.InRange(MimeWriter.Write(mail).Length, 1, 102 * 1024);
    }

    private async Task CloseRound() => await _given.Database.Write(writing => Assert.Null(writing.Db.Rounds.Single().Close(writing.Now)));

    private async Task Change(Action<Rapport> change) => await _given.Database.Write(writing => change(writing.Db.Rapporter.Single()));

    private async Task MakeContact() => await _given.Database.Write(writing => writing.Db.Add(new RoleAssignment(
        writing.Ids.Next<RoleId>(), _member, Role.GrantorContact, null, null, writing.Db.Grantors.Single().Id, new LocalDate(2024, 1, 1), null)));

    [GeneratedRegex("/g/([A-Za-z0-9_-]{43})\n")]
    private static partial Regex Token();

    [GeneratedRegex("^Kode: [0-9]{6}\n")]
    private static partial Regex SixDigits();

    [GeneratedRegex("http://localhost:5080/k/[A-Za-z0-9_-]{43}\n")]
    private static partial Regex GrantorLink();
}

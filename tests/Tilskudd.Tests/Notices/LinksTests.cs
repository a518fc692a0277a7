using System.Text.RegularExpressions;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;

namespace Tilskudd.Tests.Notices;

public class LinksTests : IAsyncLifetime
{
    private GivenNotices _given = null!;
    private RoundId _round;

    public async ValueTask InitializeAsync()
    {
        _given = await GivenNotices.Create();
        _round = _given.Database.Ids.Next<RoundId>();
    }

    public ValueTask DisposeAsync() => _given.DisposeAsync();

    [Fact]
    public async Task A_token_is_43_letters_and_finds_its_link_with_what_mail_programs_hang_on_it()
    {
        var access = await Open();

        foreach (var ending in new[] { "", ".", ")", ">", " ", "=", ".)" })
        {
            await using var db = _given.Database.Read();
            Assert.NotNull(await Links.Find(db, access.Token + ending, _given.Database.Clock.GetUtcNow()));
        }

        Assert.Matches(new Regex("^[A-Za-z0-9_-]{43}$"), access.Token);
        Assert.Matches(new Regex("^[0-9]{4}$"), access.Code);
    }

    [Fact]
    public async Task Any_other_token_finds_nothing()
    {
        var token = (await Open()).Token;

        foreach (var wrong in new[] { null, "", token[..42], token + token, (token[0] == 'A' ? 'B' : 'A') + token[1..], new string('x', 4096), token + "\0" })
        {
            await using var db = _given.Database.Read();
            Assert.Null(await Links.Find(db, wrong, _given.Database.Clock.GetUtcNow()));
        }
    }

    [Fact]
    public async Task Neither_token_nor_code_is_kept_anywhere()
    {
        var access = await Open();

        var kept = await _given.Database.Everything();
        Assert.DoesNotContain(access.Token, kept, StringComparison.Ordinal);
        Assert.Contains(SecretSource.Hash(access.Token), kept, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretSource.Hash(access.Code), kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_of_the_same_mail_is_right_and_another_mail_s_is_not()
    {
        var first = await Open();
        var second = await Open();
        var other = first.Code == second.Code ? "x" : second.Code;

        Assert.IsType<CodeVerdict.Right>(await Try(first.Token, $" {first.Code[..2]} {first.Code[2..]} "));
        Assert.IsType<CodeVerdict.Wrong>(await Try(first.Token, other));
        Assert.IsType<CodeVerdict.Right>(await Try(second.Token, second.Code));
    }

    [Fact]
    public async Task Ten_wrong_codes_lock_the_token_and_a_fresh_code_opens_it_again()
    {
        var access = await Open();
        var wrong = access.Code == "0000" ? "0001" : "0000";
        for (var left = 9; left > 0; left--)
        {
            Assert.Equal(left, Assert.IsType<CodeVerdict.Wrong>(await Try(access.Token, wrong)).TriesLeft);
        }

        Assert.IsType<CodeVerdict.Locked>(await Try(access.Token, wrong));
        Assert.IsType<CodeVerdict.Locked>(await Try(access.Token, access.Code));
        var fresh = await Fresh(access.Token);
        Assert.IsType<CodeVerdict.Right>(await Try(access.Token, fresh));
        Assert.IsNotType<CodeVerdict.Right>(await Try(access.Token, fresh));
    }

    [Fact]
    public async Task A_fresh_code_lives_ten_minutes_and_alone_will_do_where_it_must_be_fresh()
    {
        var access = await Open();
        var fresh = await Fresh(access.Token);

        Assert.IsNotType<CodeVerdict.Right>(await Try(access.Token, access.Code, mustBeFresh: true));
        _given.Database.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.IsNotType<CodeVerdict.Right>(await Try(access.Token, fresh, mustBeFresh: true));
    }

    [Fact]
    public async Task Every_token_of_a_link_leads_to_it_and_all_are_closed_with_the_round()
    {
        var kari = await _given.Person("Kari Nordby", "kari@drammen.example");
        var first = await Open(kari);
        var second = await Open(kari);

        await _given.Database.Door.Write(async writing =>
        {
            await Links.Revoke(writing, _round, LinkEnd.NewVersion);
            return null;
        });

        await using var db = _given.Database.Read();
        var links = new[] { await Links.Find(db, first.Token, _given.Database.Clock.GetUtcNow()), await Links.Find(db, second.Token, _given.Database.Clock.GetUtcNow()) };
        Assert.Equal(links[0]!.Link.Id, links[1]!.Link.Id);
        Assert.All(links, found => Assert.Equal(LinkEnd.NewVersion, found!.Link.RevokedWhy));
    }

    [Fact]
    public async Task A_person_who_is_to_have_a_link_twice_in_one_story_has_one_and_a_new_one_once_it_is_closed()
    {
        var kari = await _given.Person("Kari Nordby", "kari@drammen.example");
        List<LinkId> opened = [];

        Assert.Null(await _given.Database.Door.Write(async writing =>
        {
            opened.Add((await Links.Open(writing, LinkPurpose.Approval, kari, _round, null, null)).Id);
            var again = await Links.Open(writing, LinkPurpose.Approval, kari, _round, null, null);
            opened.Add(again.Id);
            again.Revoke(LinkEnd.PersonRemoved, writing.Now);
            opened.Add((await Links.Open(writing, LinkPurpose.Approval, kari, _round, null, null)).Id);
            return null;
        }));

        Assert.Equal(opened[0], opened[1]);
        Assert.NotEqual(opened[0], opened[2]);
    }

    [Fact]
    public async Task A_mail_with_a_fresh_code_that_is_written_anew_has_a_code_of_its_own_and_the_one_before_counts_no_more()
    {
        var access = await Open();
        var notice = _given.Database.Ids.Next<NoticeId>();
        var codes = new List<string>();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            Assert.Null(await _given.Database.Door.Write(async writing =>
            {
                codes.Add(await _given.Links.IssueCode(writing, (await Links.Find(writing.Db, access.Token, writing.Now))!.Link, notice));
                return null;
            }));
        }

        Assert.NotEqual(codes[0], codes[1]);
        Assert.IsType<CodeVerdict.Wrong>(await Try(access.Token, codes[0], mustBeFresh: true));
        Assert.IsType<CodeVerdict.Right>(await Try(access.Token, codes[1], mustBeFresh: true));
    }

    [Fact]
    public async Task Of_two_links_to_the_same_that_are_there_from_before_the_first_is_used()
    {
        var kari = await _given.Person("Kari Nordby", "kari@drammen.example");
        LinkId first = default;
        Assert.Null(await _given.Database.Door.Write(writing =>
        {
            first = Links.OpenFirst(writing, LinkPurpose.Approval, kari, _round, null, null).Id;
            Links.OpenFirst(writing, LinkPurpose.Approval, kari, _round, null, null);
            return Task.FromResult<Tilskudd.Cycle.Refusal?>(null);
        }));

        var access = await Open(kari);

        await using var db = _given.Database.Read();
        Assert.Equal(first, (await Links.Find(db, access.Token, _given.Database.Clock.GetUtcNow()))!.Link.Id);
    }

    private async Task<Access> Open(PersonId? person = null)
    {
        var to = person ?? await _given.Person("Kari Nordby", $"kari{_given.Database.Ids.Next():N}@drammen.example");
        Access access = null!;
        Assert.Null(await _given.Database.Door.Write(async writing =>
        {
            var link = await Links.Open(writing, LinkPurpose.Approval, to, _round, null, null);
            access = _given.Links.Issue(writing, link, writing.Ids.Next<NoticeId>());
            return null;
        }));
        return access;
    }

    private async Task<string> Fresh(string token)
    {
        var code = "";
        await _given.Database.Door.Write(async writing =>
        {
            var found = await Links.Find(writing.Db, token, writing.Now);
            code = await _given.Links.IssueCode(writing, found!.Link, writing.Ids.Next<NoticeId>());
            return null;
        });
        return code;
    }

    private async Task<CodeVerdict> Try(string token, string code, bool mustBeFresh = false)
    {
        CodeVerdict verdict = null!;
        Assert.Null(await _given.Database.Door.Write(async writing =>
        {
            verdict = await Links.Try(writing, (await Links.Find(writing.Db, token, writing.Now))!, code, mustBeFresh);
            return null;
        }));
        return verdict;
    }
}

using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Administration;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Administration;

public sealed class PeopleImportTests
{
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes("navn;epost\nÅse Bø;ase@lund.example") },
        { "UTF-8 with its mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("navn;epost\nÅse Bø;ase@lund.example")] },
        { "Windows-1252", Windows.GetBytes("navn;epost\r\nÅse Bø;ase@lund.example") },
        { "UTF-16 with its mark", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("navn;epost\r\nÅse Bø;ase@lund.example")] },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_file_is_read_in_the_encoding_it_has(string name, byte[] bytes)
    {
        var (rows, open) = CsvText.Read(CsvText.Decode(bytes));

        Assert.Null(open);
        Assert.True(rows.Select(row => string.Join('|', row.Cells)).SequenceEqual(["navn|epost", "Åse Bø|ase@lund.example"]), name);
    }

    [Fact]
    public async Task A_workbook_is_told_to_be_no_text_and_what_to_save_it_as()
    {
        await using var given = await GivenOffice.Start();
        using var kari = await given.SignIn(given.Kari);

        var page = await kari.Upload("/admin/personer/importer", "fil", [.. "PK\u0003\u0004"u8, 20, 0, 0, 8, 0, 33]);

        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Lagre regnearket som CSV", page.Find(".ds-error-summary a[href='#fil']").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,2", "a|b", "1|2")]
    [InlineData("a;b\n1;2", "a|b", "1|2")]
    [InlineData("a\tb\r1\t2\r", "a|b", "1|2")]
    [InlineData("a;b\r\n\r\n;\r\n1,5;2\r\n", "a|b", "1,5|2")]
    [InlineData("a,b\n\"Berg, \"\"Jo\"\"\nLie\",2", "a|b", "Berg, \"Jo\"\nLie|2")]
    public void Rows_are_told_apart_by_what_the_first_line_has_most_of(string text, params string[] expected) =>
        Assert.Equal(expected, CsvText.Read(text).Rows.Select(row => string.Join('|', row.Cells)));

    [Fact]
    public void A_quote_that_is_never_closed_is_told_by_its_line() => Assert.Equal(3, CsvText.Read("navn;epost\nA;a@x.no\n\"B;b@x.no\nC;c@x.no").OpenQuote);

    [Fact]
    public async Task Every_fault_of_every_line_is_told_at_once()
    {
        await using var database = await TestDatabase.Create();
        await database.Write(w => w.Db.Add(new Tilskudd.Cycle.People.Person(w.Ids.Next<Tilskudd.Cycle.People.PersonId>(), "Kari", "kari@lund.example", "nb", "", true, "s")));
        await using var db = database.Read();

        var preview = await PeopleImport.Read(
            db, "Navn;E-post;språk;alder\n;ola;svensk;3\nÅse Bø;ase@lund.example;nn;4\nÅse B.;ASE@lund.example;;5\nKari;kari@lund.example;en;6\nJo;jo@lund.example", TestContext.Current.CancellationToken);

        Assert.Equal(["Overskriften «alder» er ikke kjent. Bruk navn, epost, språk og parti."], preview.Faults);
        Assert.Equal([(2, 3), (3, 0), (4, 1), (5, 1), (6, 1)], preview.Lines.Select(line => (line.Number, line.Faults.Count)));
        Assert.Equal(["Navn mangler.", "Epost: «ola» er ikke en adresse.", "Språk: «svensk» er ikke nb, nn eller en."], preview.Lines[0].Faults);
        Assert.Equal(["Epost: ase@lund.example står også på linje 3. Hver person må ha sin egen."], preview.Lines[2].Faults);
        Assert.False(preview.IsGood);
    }

    [Fact]
    public async Task A_file_is_shown_first_and_imported_whole_or_not_at_all()
    {
        await using var given = await GivenOffice.Start();
        using var kari = await given.SignIn(given.Kari);

        var bad = await kari.Upload("/admin/personer/importer", "fil", Encoding.UTF8.GetBytes("navn,epost\nÅse Bø,ase@lund.example\nOla,ola"));
        var good = await kari.Upload("/admin/personer/importer", "fil", Windows.GetBytes("navn;epost;språk;parti\r\nÅse Bø;ASE@lund.example;nynorsk;A\r\nOla Li;ola@lund.example;;\r\n"));
        await using var db = given.Database.Read();
        var before = await db.People.CountAsync(TestContext.Current.CancellationToken);
        var done = await kari.Post(good, "form[action$='/bekreft']");
        var again = await kari.Post(good, "form[action$='/bekreft']");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK, 1), (bad.Status, good.Status, before));
        Assert.Contains("Linje 3: Epost: «ola» er ikke en adresse.", bad.Text, StringComparison.Ordinal);
        Assert.Null(bad.Page.QuerySelector("form[action$='/bekreft']"));
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.UnprocessableEntity), (done.Status, again.Status));
        var ase = await db.People.SingleAsync(person => person.Email == "ase@lund.example", TestContext.Current.CancellationToken);
        Assert.Equal(("Åse Bø", "nn", "A"), (ase.Name, ase.Language, ase.Party));
        Assert.Equal(3, await db.People.CountAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("navn;epost\n")]
    [InlineData("epost\nola@lund.example")]
    public async Task A_file_without_people_is_told_so(string text)
    {
        await using var database = await TestDatabase.Create();
        await using var db = database.Read();

        var preview = await PeopleImport.Read(db, text, TestContext.Current.CancellationToken);

        Assert.NotEmpty(preview.Faults);
        Assert.False(preview.IsGood);
    }
}

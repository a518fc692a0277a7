using System.Globalization;
using System.Text;
using System.Text.Json;
using Tilskudd.Verbs;

namespace Tilskudd.Tests.Verbs;

public sealed class CountVerbTests : IDisposable
{
    private const string Three =
        """{"seat":"s1","role":"leader","person":"p1"},{"seat":"s2","role":"deputy-leader","person":"p2"},{"seat":"s3","role":"member","person":"p3"}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("tilskudd-count").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_answer_has_the_agreed_keys_in_the_agreed_order()
    {
        var (status, output, error) = await Count($$"""
            {"seats":[{{Three}},{"seat":"d1","role":"deputy","person":"ørjan","order":1}],"absent":["p3"],
             "answers":[{"seat":"s1","answer":"approve"},{"seat":"s2","answer":"send-back"}]}
            """);

        Assert.Equal(0, status);
        Assert.Empty(error);
        Assert.EndsWith("\n", output, StringComparison.Ordinal);
        Assert.StartsWith(
            """{"outcome":"undecided","final":false,"size":3,"quorum":2,"present":2,"for":1,"against":1,"abstained":0,"castingVote":false,"stepsIn":[{"for":"s3","seat":"d1"}],"waitingFor":["d1"],"canStillApprove":true,"faults":[],"why":{"nb":""",
            output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(["nb", "nn", "en"], json.RootElement.GetProperty("why").EnumerateObject().Select(property => property.Name));
        Assert.Contains("må", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_ballot_is_an_answer_with_its_faults()
    {
        var (status, output, _) = await Count("{}");

        Assert.Equal(0, status);
        Assert.Contains("\"outcome\":\"refused\",\"final\":true", output, StringComparison.Ordinal);
        Assert.Contains("\"faults\":[\"Organet har ingen leder.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mandate_is_followed_only_under_Mandat()
    {
        const string Rules = "\"mandate\":{\"quorum\":\"1/1\",\"majority\":\"all\",\"tie\":\"leader\",\"abstain\":true,\"written\":\"none\"}";
        const string Answers = "\"answers\":[{\"seat\":\"s1\",\"answer\":\"approve\"},{\"seat\":\"s2\",\"answer\":\"approve-with-remark\"}],\"closed\":true";

        var law = await Count($$"""{{{Rules}},"seats":[{{Three}}],{{Answers}}}""");
        var own = await Count($$"""{"regime":"Mandat",{{Rules}},"seats":[{{Three}}],{{Answers}}}""");

        Assert.Contains("\"outcome\":\"approved\",\"final\":true,\"size\":3,\"quorum\":2", law.Out, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"not-quorate\",\"final\":true,\"size\":3,\"quorum\":3", own.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500000000000000000000000000000/1000000000000000000000000000000", 2)]
    [InlineData("666666666666666666666666666667/1000000000000000000000000000000", 3)]
    [InlineData("1/1000000000000000000000000000000", 1)]
    [InlineData("2/3", 2)]
    [InlineData("3/3", 3)]
    public async Task A_quorum_may_be_written_with_any_numbers(string fraction, int quorum)
    {
        var (status, output, _) = await Count($$$"""{"regime":"Mandat","mandate":{"quorum":"{{{fraction}}}"},"seats":[{{{Three}}}]}""");

        Assert.Equal(0, status);
        Assert.Contains($"\"quorum\":{quorum},", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "ikke gyldig JSON, linje 1")]
    [InlineData("{\"seats\":[],}", "ikke gyldig JSON")]
    [InlineData("{} {}", "ikke gyldig JSON")]
    [InlineData("{/* */}", "ikke gyldig JSON")]
    [InlineData("[]", "$ er en liste")]
    [InlineData("null", "$ er null")]
    [InlineData("{\"regime\":\"Mandatt\"}", "$.regime er \"Mandatt\". Mente du «Mandat»? Tillatt er Kommuneloven, Mandat, Administrativ.")]
    [InlineData("{\"regime\":\"kommuneloven\"}", "$.regime")]
    [InlineData("{\"mode\":3}", "$.mode er 3. Tillatt er meeting, remote, written.")]
    [InlineData("{\"seats\":{}}", "$.seats er et objekt. Her skal det stå en liste.")]
    [InlineData("{\"seats\":null}", "$.seats er null")]
    [InlineData("{\"seats\":[3]}", "$.seats[0] er 3")]
    [InlineData("{\"seats\":[{\"role\":\"leader\",\"person\":\"p\"}]}", "$.seats[0].seat mangler")]
    [InlineData("{\"seats\":[{\"seat\":\"\",\"role\":\"leader\",\"person\":\"p\"}]}", "$.seats[0].seat er \"\"")]
    [InlineData("{\"seats\":[{\"seat\":\"s\",\"person\":\"p\"}]}", "$.seats[0].role mangler. Tillatt er leader, deputy-leader, member, deputy, observer.")]
    [InlineData("{\"seats\":[{\"seat\":\"s\",\"role\":\"boss\",\"person\":\"p\"}]}", "$.seats[0].role er \"boss\"")]
    [InlineData("{\"seats\":[{\"seat\":\"s\",\"role\":\"leader\"}]}", "$.seats[0].person mangler")]
    [InlineData("{\"seats\":[{\"seat\":\"s\",\"role\":\"leader\",\"person\":7}]}", "$.seats[0].person er 7")]
    [InlineData("{\"seats\":[{\"seat\":\"s\",\"role\":\"deputy\",\"person\":\"p\",\"order\":1.5}]}", "$.seats[0].order er 1.5")]
    [InlineData("{\"seats\":[{\"seat\":\"s\",\"role\":\"deputy\",\"person\":\"p\",\"order\":\"1\"}]}", "$.seats[0].order er \"1\"")]
    [InlineData("{\"seats\":[{\"seat\":\"s\",\"role\":\"member\",\"person\":\"p\",\"vacant\":\"no\"}]}", "$.seats[0].vacant er \"no\". Skriv true eller false.")]
    [InlineData("{\"seats\":[{\"seat\":\"s\",\"role\":\"member\",\"person\":\"p\",\"groupe\":\"A\"}]}", "$.seats[0].groupe er en ukjent nøkkel. Mente du «group»?")]
    [InlineData("{\"answers\":[{\"seat\":\"s\"}]}", "$.answers[0].answer mangler")]
    [InlineData("{\"answers\":[{\"seat\":\"s\",\"answer\":\"yes\"}]}", "$.answers[0].answer er \"yes\"")]
    [InlineData("{\"answers\":[{\"answer\":\"approve\"}]}", "$.answers[0].seat mangler")]
    [InlineData("{\"inhabil\":[1]}", "$.inhabil[0] er 1")]
    [InlineData("{\"inhabil\":\"p1\"}", "$.inhabil er \"p1\"")]
    [InlineData("{\"inhabile\":[]}", "$.inhabile er en ukjent nøkkel. Mente du «inhabil»?")]
    [InlineData("{\"closed\":1}", "$.closed er 1")]
    [InlineData("{\"closed\":true,\"closed\":false}", "$.closed står mer enn én gang")]
    [InlineData("{\"chair\":5}", "$.chair er 5")]
    [InlineData("{\"mandate\":{\"quorum\":\"3/2\"}}", "$.mandate.quorum er \"3/2\"")]
    [InlineData("{\"mandate\":{\"quorum\":\"0/2\"}}", "$.mandate.quorum")]
    [InlineData("{\"mandate\":{\"quorum\":\"-1/2\"}}", "$.mandate.quorum")]
    [InlineData("{\"mandate\":{\"quorum\":\"1 / 2\"}}", "$.mandate.quorum")]
    [InlineData("{\"mandate\":{\"quorum\":\"1/2/3\"}}", "$.mandate.quorum")]
    [InlineData("{\"mandate\":{\"quorum\":0.5}}", "$.mandate.quorum er 0.5")]
    [InlineData("{\"mandate\":{\"majority\":\"1/2\"}}", "$.mandate.majority")]
    [InlineData("{\"mandate\":{\"tie\":\"chair\"}}", "$.mandate.tie")]
    [InlineData("{\"mandate\":{\"written\":true}}", "$.mandate.written")]
    [InlineData("{\"chair\":\"\\ud800\"}", "halvt tegn")]
    [InlineData("{\"\\udc00\":1}", "halvt tegn")]
    public async Task A_file_that_is_not_as_agreed_is_refused_with_the_place_and_what_is_allowed(string text, string reason)
    {
        var (status, output, error) = await Count(text);

        Assert.Equal(1, status);
        Assert.Empty(output);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_is_told_at_once()
    {
        var (_, _, error) = await Count("{\"mode\":\"x\",\"closed\":0,\"seats\":[{}]}");

        Assert.Equal(5, error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_fault_but_other_encodings_are()
    {
        var text = $$"""{"seats":[{{Three}}]}""";

        Assert.Equal(0, (await Count([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)])).Status);
        Assert.Contains("ikke UTF-8", (await Count([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)])).Error, StringComparison.Ordinal);
        Assert.Contains("ikke UTF-8", (await Count(Encoding.Latin1.GetBytes("{\"chair\":\"ø\"}"))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_too_deep_or_too_large_is_refused()
    {
        Assert.Equal(1, (await Count(new string('[', 100_000))).Status);
        Assert.Contains("større enn 1024 kB", (await Count(new string(' ', BallotFile.MostBytes + 1))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_refused_by_name()
    {
        Assert.Contains("filen finnes ikke", (await Line("count", Path.Combine(_folder, "none.json"))).Error, StringComparison.Ordinal);
        Assert.Contains("filen finnes ikke", (await Line("count", Path.Combine(_folder, "none", "none.json"))).Error, StringComparison.Ordinal);
        Assert.Contains("filen kan ikke åpnes", (await Line("count", _folder)).Error, StringComparison.Ordinal);
        Assert.Equal(1, (await Line("count", "")).Status);
        Assert.Equal(64, (await Line("count")).Status);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public async Task The_machines_culture_changes_nothing(string culture)
    {
        var text = $$"""{"seats":[{{Three}}],"answers":[{"seat":"s3","answer":"approve"}]}""";
        var expected = await Count(text);
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

            Assert.Equal(expected, await Count(text));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    private Task<(int Status, string Out, string Error)> Count(string text) => Count(Encoding.UTF8.GetBytes(text));

    private async Task<(int Status, string Out, string Error)> Count(byte[] bytes)
    {
        var path = Path.Combine(_folder, "ballot.json");
        await File.WriteAllBytesAsync(path, bytes);
        return await Line("count", path);
    }

    private static async Task<(int Status, string Out, string Error)> Line(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await CommandLine.Run(words, new Terminal(output, error, IsInteractive: false), [CountVerb.Verb]);
        return (status, output.ToString(), error.ToString());
    }
}

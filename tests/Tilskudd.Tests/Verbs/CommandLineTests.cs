using Tilskudd.Verbs;

namespace Tilskudd.Tests.Verbs;

public sealed class CommandLineTests
{
    private static readonly Verb Paint = new("paint", "Maler.", (given, terminal) =>
    {
        terminal.Out.Write($"{given.Argument(0)} {given.Value("colour")} {given.Has("twice")}");
        return Task.FromResult(7);
    })
    {
        Arguments = [new("TING", "det som skal males.")],
        Options = [new("colour", "red", "Fargen.") { IsRequired = true }, new("twice", null, "To strøk.")],
    };

    private static readonly Verb Serve = new("serve", "Starter.", (given, terminal) =>
    {
        terminal.Out.Write(string.Join(';', given.Settings.Select(setting => $"{setting.Key}={setting.Value}")));
        return Task.FromResult(0);
    })
    {
        TakesSettings = true,
        Options = [new("quiet", null, "Stille.")],
    };

    [Theory]
    [InlineData("paint wall --colour blue --twice", "wall blue True")]
    [InlineData("paint --colour=blue wall", "wall blue False")]
    [InlineData("paint --colour -1 -- --wall", "--wall -1 False")]
    public async Task A_verb_gets_its_arguments_and_options_and_its_status_is_the_programs(string line, string expected)
    {
        var (status, output, error) = await Run(line);

        Assert.Equal(7, status);
        Assert.Equal(expected, output);
        Assert.Empty(error);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("--Site:BaseUrl https://a.example --Urls=http://b --urls http://c", "Site:BaseUrl=https://a.example;Urls=http://b;urls=http://c")]
    [InlineData("serve --quiet --Mail:Port 25", "Mail:Port=25")]
    public async Task Without_a_verb_the_application_starts_with_the_settings_given(string line, string expected)
    {
        var (status, output, _) = await Run(line);

        Assert.Equal(0, status);
        Assert.Equal(expected, output);
    }

    [Theory]
    [InlineData("pain wall", "Ukjent verb «pain». Mente du «paint»?")]
    [InlineData("xyzzy", "Ukjent verb «xyzzy».")]
    [InlineData("paint wall --color blue", "Ukjent valg «--color». Mente du «--colour»?")]
    [InlineData("paint wall --colour", "«--colour» mangler verdi. Skriv for eksempel «--colour red».")]
    [InlineData("paint wall --colour --twice", "«--colour» mangler verdi.")]
    [InlineData("paint wall", "«--colour» må oppgis, for eksempel «--colour red».")]
    [InlineData("paint --colour red", "TING mangler: det som skal males.")]
    [InlineData("paint wall roof --colour red", "«roof» hører ikke til her.")]
    [InlineData("paint wall --colour red --colour blue", "«--colour» er oppgitt mer enn én gang.")]
    [InlineData("paint wall --colour red --twice=3", "«--twice» tar ingen verdi, men fikk «3».")]
    [InlineData("paint wall --colour red -t", "Ukjent valg «-t».")]
    [InlineData("paint wall --colour red --Site:BaseUrl x", "Ukjent valg «--Site:BaseUrl».")]
    [InlineData("serve --Site:BaseUrl", "Innstillingen «--Site:BaseUrl» mangler verdi.")]
    [InlineData("--quiett", "Ukjent valg «--quiett». Mente du «--quiet»?")]
    [InlineData("help pain", "Ukjent verb «pain».")]
    public async Task Wrong_usage_ends_in_64_with_the_reason_and_nothing_on_standard_output(string line, string reason)
    {
        var (status, output, error) = await Run(line);

        Assert.Equal(64, status);
        Assert.Empty(output);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Contains("--help", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "Verb:")]
    [InlineData("help", "Verb:")]
    [InlineData("paint --help", "tilskudd paint TING --colour red [--twice]")]
    [InlineData("help paint", "tilskudd paint TING --colour red [--twice]")]
    [InlineData("paint wall --wrong --help", "To strøk.")]
    [InlineData("serve --help", "--Seksjon:Navn verdi")]
    public async Task Help_goes_to_standard_output_and_is_no_fault(string line, string expected)
    {
        var (status, output, error) = await Run(line);

        Assert.Equal(0, status);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public void The_verbs_have_distinct_names_and_each_says_what_it_does()
    {
        var verbs = VerbTable.All;

        Assert.Equal(verbs.Count, verbs.Select(verb => verb.Name).Distinct().Count());
        Assert.All(verbs, verb => Assert.EndsWith(".", verb.Summary, StringComparison.Ordinal));
        Assert.All(verbs.SelectMany(verb => verb.Options), option => Assert.EndsWith(".", option.Summary, StringComparison.Ordinal));
    }

    private static async Task<(int Status, string Out, string Error)> Run(string line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await CommandLine.Run(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries), new Terminal(output, error, IsInteractive: false), [Paint, Serve]);
        return (status, output.ToString(), error.ToString());
    }
}

using System.Text.RegularExpressions;

namespace Tilskudd.Tests.House;

/// <summary>Rules about names and places that a compiler does not know.</summary>
public sealed partial class SourceTests
{
    private static readonly string[] _bannedWords = ["Helper", "Helpers", "Util", "Utils", "Utility", "Common", "Manager", "Service", "Services", "Processor", "Base", "Data", "Info", "Dto", "Impl", "Models", "Interfaces", "Extensions", "Contracts"];

    public static TheoryData<string> Sources => [.. Files("src", "*.cs").Concat(Files("src", "*.razor")).Select(Relative)];

    [Fact]
    public void No_folder_is_named_by_technical_kind()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"), "*", SearchOption.AllDirectories)
            .Where(IsOurs)
            .Select(folder => Path.GetFileName(folder));

        Assert.Empty(folders.Intersect(_bannedWords));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void No_type_ends_in_a_word_that_says_nothing(string file)
    {
        var names = Declaration().Matches(Read(file)).Select(match => match.Groups["name"].Value);

        Assert.DoesNotContain(names, name => _bannedWords.Any(word => name.EndsWith(word, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void No_method_ends_in_Async(string file)
    {
        // A name the framework gave is kept where its method is overridden or its interface met.
        var names = AsyncName().Matches(Read(file)).Where(match => !match.Groups["override"].Success).Select(match => match.Groups["name"].Value);

        Assert.Empty(names.Except(["DisposeAsync", "ExecuteAsync", "StartAsync", "StopAsync", "BindAsync"]));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void The_system_clock_and_the_machines_zone_are_never_asked(string file)
    {
        if (file is "src/Tilskudd/Site.cs" or "src/Tilskudd/Program.cs" or "src/Tilskudd/Verbs/VerbDatabase.cs")
        {
            return; // The edge, where the clock is handed in.
        }

        Assert.DoesNotMatch(@"TimeProvider\.System|TimeZoneInfo\.Local|SystemClock\.Instance|Environment\.TickCount|Stopwatch\.GetTimestamp", Read(file));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void No_text_for_people_quotes_what_an_exception_says_in_the_runtimes_own_language(string file)
    {
        var text = Read(file);
        var caught = CaughtName().Matches(text).Select(match => match.Groups["name"].Value).ToHashSet();

        // An exception of ours is for the log, which is read by those who know the runtime; a mail server's own answer is quoted as such.
        var lines = text.Split('\n').Where(line => !line.Contains("MailReason.Of(", StringComparison.Ordinal) && !line.Contains("throw new ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => caught.Any(name => line.Contains($"{{{name}.Message", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Nothing_is_written_except_through_the_door(string file)
    {
        if (file.StartsWith("src/Tilskudd/Storage/", StringComparison.Ordinal))
        {
            return;
        }

        Assert.DoesNotMatch(@"\.(SaveChanges(Async)?|ExecuteUpdate(Async)?|ExecuteDelete(Async)?|ExecuteSql\w*)\s*\(", Read(file));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void No_inline_style_or_script_stands_in_a_page(string file)
    {
        if (!file.EndsWith(".razor", StringComparison.Ordinal) || file.StartsWith("src/Tilskudd/Notices/", StringComparison.Ordinal))
        {
            return; // Mail clients read no style sheets, so mails carry their styles inline.
        }

        Assert.DoesNotMatch(@"\sstyle=""|<style|<script(?![^>]*\ssrc=)|\son\w+=""", Read(file));
    }

    [Fact]
    public void No_identifier_or_path_holds_norwegian_letters()
    {
        var paths = Files("src", "*").Concat(Files("workflows", "*")).Concat(Files("tests", "*")).Select(Relative);

        Assert.DoesNotContain(paths, path => path.Any(letter => "æøåÆØÅ".Contains(letter)));
    }

    [Fact]
    public void No_failure_is_swallowed()
    {
        var empty = Files("src", "*.cs").Where(file => EmptyCatch().IsMatch(File.ReadAllText(file))).Select(Relative);

        Assert.Empty(empty);
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories).Where(IsOurs);

    private static bool IsOurs(string path) => !Regex.IsMatch(path, @"[/\\](bin|obj|node_modules|lib|Migrations|TestResults)([/\\]|$)");

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    [GeneratedRegex(@"^\s*(public|internal|private|file)?\s*(static |sealed |abstract |partial |readonly )*(class|record struct|record|struct|interface|enum)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<override>override )?(async )?(Task|ValueTask)(<[^(\n]*>)?\s+(?<name>\w+Async)\s*\(")]
    private static partial Regex AsyncName();

    [GeneratedRegex(@"catch \(\w*(Exception|Fault|Refusal) (?<name>\w+)\)")]
    private static partial Regex CaughtName();

    [GeneratedRegex(@"catch\s*(\([^)]*\))?\s*(when\s*\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();
}

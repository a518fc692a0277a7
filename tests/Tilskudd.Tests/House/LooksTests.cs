using System.Text.RegularExpressions;

namespace Tilskudd.Tests.House;

public sealed partial class LooksTests
{
    [Fact]
    public void Every_class_a_page_names_has_a_look()
    {
        var styles = File.ReadAllText(Path.Combine(Repository.Root, "src", "Tilskudd", "wwwroot", "tilskudd.css"));
        var known = StyleClass().Matches(styles).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        var unknown = Pages()
            .SelectMany(page => ClassAttribute().Matches(Expression().Replace(File.ReadAllText(page), " ")).Select(match => (Page: Path.GetFileName(page), Names: match.Groups[1].Value)))
            .SelectMany(found => PlainName().Matches(found.Names).Select(name => (found.Page, Name: name.Value)))
            .Where(found => !found.Name.StartsWith("ds-", StringComparison.Ordinal) && !known.Contains(found.Name))
            .Distinct();

        Assert.Empty(unknown);
    }

    [Fact]
    public void No_page_carries_a_style_or_a_script_of_its_own()
    {
        // Mail programs do not read style sheets, so the mails are exempt.
        var pages = Pages().Where(page => !page.Contains("Notices", StringComparison.Ordinal));

        var inline = pages.Where(page => Inline().IsMatch(File.ReadAllText(page))).Select(Path.GetFileName);

        Assert.Empty(inline);
    }

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.razor", SearchOption.AllDirectories)
            .Where(page => !page.Contains("Notices", StringComparison.Ordinal));

    [GeneratedRegex(@"\.(-?[A-Za-z_][\w-]*)")]
    private static partial Regex StyleClass();

    [GeneratedRegex(@"\bclass=""([^""]*)""")]
    private static partial Regex ClassAttribute();

    [GeneratedRegex(@"@\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|@[\w.()]+")]
    private static partial Regex Expression();

    [GeneratedRegex(@"[A-Za-z_][\w-]*")]
    private static partial Regex PlainName();

    [GeneratedRegex(@"\sstyle=""|<style[\s>]|<script(?![^>]*\ssrc=)|\son[a-z]+=""")]
    private static partial Regex Inline();
}

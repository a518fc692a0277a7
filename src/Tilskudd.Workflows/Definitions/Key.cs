using System.Text.RegularExpressions;

namespace Tilskudd.Workflows.Definitions;

/// <summary>
/// Names that last: step ids, phases, deadlines, roles. Small ascii letters and digits in words joined by hyphens.
/// </summary>
public static partial class Key
{
    private const int Longest = 60;

    public static bool IsGood(string text) => text.Length <= Longest && Kebab().IsMatch(text);

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Kebab();
}

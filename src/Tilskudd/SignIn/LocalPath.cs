namespace Tilskudd.SignIn;

/// <summary>A path of this site, so that signing in can never lead anywhere else.</summary>
internal static class LocalPath
{
    private const int Longest = 500;

    /// <summary>The path as given where it is one of ours, in the letters an address has, else the front page.</summary>
    public static string Of(string? given) =>
        given is { Length: > 0 and <= Longest } && given[0] == '/'
            && (given.Length == 1 || given[1] is not ('/' or '\\'))
            && given.All(letter => letter is > ' ' and <= '~' and not '\\')
            ? given
            : "/";
}

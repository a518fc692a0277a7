namespace Tilskudd.Verbs;

/// <summary>What is wrong with a path an operator gave for something that must be there.</summary>
internal static class PathFault
{
    /// <returns>What is wrong, in Norwegian; null when there is such a file.</returns>
    public static string? OfFile(string what, string path) =>
        File.Exists(path) ? null : Directory.Exists(path) ? $"«{path}» er en mappe. Oppgi en fil." : $"{what} «{path}» finnes ikke.";

    /// <returns>What is wrong, in Norwegian; null when there is such a folder.</returns>
    public static string? OfFolder(string what, string path) =>
        Directory.Exists(path) ? null : File.Exists(path) ? $"«{path}» er en fil. Oppgi en mappe." : $"{what} «{path}» finnes ikke.";
}

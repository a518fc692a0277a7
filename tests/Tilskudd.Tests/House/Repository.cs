namespace Tilskudd.Tests.House;

/// <summary>The working tree the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>Tilskudd.sln</c>.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tilskudd.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository: no Tilskudd.sln above " + AppContext.BaseDirectory);
    }
}

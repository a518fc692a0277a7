namespace Tilskudd.Trail;

/// <summary>Writes a file whole or not at all, on disk before it has its name.</summary>
internal static class DurableFile
{
    /// <param name="mode">Who may do what with the file, where the operating system knows of that.</param>
    /// <returns>False when a file of that name was there already, and was left as it is.</returns>
    public static async Task<bool> Create(string path, ReadOnlyMemory<byte> content, UnixFileMode mode, CancellationToken ct = default)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var draft = Path.Combine(folder, "." + Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        try
        {
            await using (var file = new FileStream(draft, options))
            {
                await file.WriteAsync(content, ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(draft);
        }
    }
}

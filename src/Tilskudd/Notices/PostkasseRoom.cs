using Microsoft.AspNetCore.Http.HttpResults;
using Tilskudd.Layout;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Notices;

/// <summary>The mailbox of Development, where a person can read every mail the application would have sent.</summary>
internal static class PostkasseRoom
{
    private const int Most = 500;

    /// <summary>Maps the pages; in Production, or where mails go to a server, there are none.</summary>
    public static void MapPostkasse(this IEndpointRouteBuilder app, Settings settings)
    {
        if (!settings.IsDevelopment || settings.Mail.Kind != MailKind.Folder)
        {
            return;
        }

        var folder = settings.Mail.Folder;
        app.MapGet("/postkasse", async Task<IResult> (CancellationToken ct) => new RazorComponentResult<Postkasse>(
            new Dictionary<string, object?> { [nameof(Postkasse.Mails)] = await All(folder, ct) }));
        app.MapGet("/postkasse/{id:guid}", async Task<IResult> (Guid id, CancellationToken ct) =>
        {
            var file = Path.Combine(folder, $"{id}.eml");
            return File.Exists(file)
                ? new RazorComponentResult<PostkasseMail>(new Dictionary<string, object?> { [nameof(PostkasseMail.Mail)] = MailReader.Read(await File.ReadAllBytesAsync(file, ct)) })
                : Refused.NotFound;
        });
    }

    private static async Task<IReadOnlyList<(string Id, ReadMail Mail)>> All(string folder, CancellationToken ct)
    {
        var mails = new List<(string Id, ReadMail Mail)>();
        if (!Directory.Exists(folder))
        {
            return mails;
        }

        // Ids carry their time, so the names sort by it.
        foreach (var file in Directory.EnumerateFiles(folder, "*.eml").OrderByDescending(file => file, StringComparer.Ordinal).Take(Most))
        {
            mails.Add((Path.GetFileNameWithoutExtension(file), MailReader.Read(await File.ReadAllBytesAsync(file, ct))));
        }

        return mails;
    }
}

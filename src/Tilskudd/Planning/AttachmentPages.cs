using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Tilskudd.Cycle.Planning;
using Tilskudd.Layout;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Planning;

/// <summary>The files that go with a plan, in and out.</summary>
internal static class AttachmentPages
{
    /// <summary>How a file is named in an address.</summary>
    public const string Route = "/vedlegg/{sha256}";

    public static void Map(RouteGroupBuilder plan)
    {
        // Room for files that are too large too, so that whoever sends one is told so by the page; beyond that the server hangs up.
        plan.MapPost("/vedlegg", Attach).WithMetadata(new RequestSizeLimitAttribute(3 * AttachmentFile.Largest));
        plan.MapPost(Route + "/fjern", Detach);
        plan.MapGet(Route, Show);
    }

    /// <summary>Gives a file out to be kept, never to be shown in the browser as a page of ours.</summary>
    /// <param name="shown">What the reader may see of the plan: files that are not part of it are not found.</param>
    public static async Task<IResult> Give(TilskuddDb db, HttpContext context, IEnumerable<HandlingsplanContent> shown, string sha256)
    {
        if (shown.SelectMany(content => content.Attachments ?? []).FirstOrDefault(one => one.Sha256 == sha256) is not { } file
            || await StoredFile.Of(db, sha256).SingleOrDefaultAsync(context.RequestAborted) is not { } stored)
        {
            return Refused.NotFound;
        }

        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Name);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        return TypedResults.Bytes(stored.Bytes, file.MediaType);
    }

    private static async Task<IResult> Attach(Guid id, SignedIn me, HttpContext context, AttachFile attach)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form.Files.GetFile("fil") is not { } sent)
        {
            return await PlanPages.WithFault(id, context, AttachmentFile.Text("Missing"));
        }

        if (sent.Length > AttachmentFile.Largest)
        {
            return await PlanPages.WithFault(id, context, AttachmentFile.TooLarge, StatusCodes.Status413PayloadTooLarge);
        }

        using var bytes = new MemoryStream((int)sent.Length);
        await sent.CopyToAsync(bytes, context.RequestAborted);
        var (file, fault) = AttachmentFile.Read(sent.FileName, bytes.ToArray());
        if (file is null)
        {
            return await PlanPages.WithFault(id, context, fault!);
        }

        var refusal = await attach.Attach(new(id), file, bytes.ToArray(), me.Id, context.RequestAborted);
        return refusal is null ? new SeeOtherResult($"/plan/{id}?lagt-ved=1") : PlanAnswers.Page(refusal) ?? await PlanPages.WithFault(id, context, RefusalText.Of(refusal));
    }

    private static async Task<IResult> Detach(Guid id, string sha256, SignedIn me, HttpContext context, AttachFile attach)
    {
        var refusal = await attach.Detach(new(id), sha256, me.Id, context.RequestAborted);
        return refusal is null ? new SeeOtherResult($"/plan/{id}?fjernet-fil=1") : PlanAnswers.Page(refusal) ?? (IResult)Refused.Conflict(RefusalText.Of(refusal));
    }

    private static async Task<IResult> Show(Guid id, string sha256, SignedIn me, HttpContext context, TilskuddDb db, FindPlan plans) =>
        await plans.Find(db, new(id), me.Id, context.RequestAborted) is { } known
            ? await Give(db, context, await Seen(db, known, sha256, context.RequestAborted), sha256)
            : Refused.NotFound;

    // The versions sent that speak of the file, and for who writes it, or before anything was sent, the draft.
    private static async Task<IReadOnlyList<HandlingsplanContent>> Seen(TilskuddDb db, PlanCase known, string sha256, CancellationToken ct)
    {
        var sent = await db.Set<HandlingsplanVersion>().Where(version => EF.Property<HandlingsplanId>(version, "HandlingsplanId") == known.Plan.Id && version.Content.Contains(sha256)).Select(version => version.Content).ToListAsync(ct);
        return [.. sent.Select(HandlingsplanContent.Parse), .. known.MayWrite || known.LatestVersion is null ? new[] { known.Draft } : []];
    }
}

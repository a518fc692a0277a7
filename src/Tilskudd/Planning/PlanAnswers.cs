using System.Globalization;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Planning;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Planning;

/// <summary>What the pages of the plan have in common as answers to a browser.</summary>
internal static class PlanAnswers
{
    /// <summary>The status of a page that shows a refusal: 409 when the plan has moved on, 422 when the form is to be mended.</summary>
    public static int Status(Refusal refusal) =>
        IsConflict(refusal) || IsTooLate(refusal) ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;

    /// <summary>The plan was saved meanwhile: what is stored and what was typed must be compared.</summary>
    public static bool IsConflict(Refusal refusal) => refusal is PlanRefusal.ChangedMeanwhile or PlanRefusal.ChangedByYourself or DoorRefusal.ChangedMeanwhile;

    /// <summary>It is not, or no longer, this person's to do.</summary>
    public static bool IsTooLate(Refusal refusal) => refusal is PlanRefusal.NotOpenForWriting or PlanRefusal.UnderDecision or FlowRefusal.NotYours or FlowRefusal.AlreadyDone;

    /// <summary>The answer to a refusal that no form can mend, or null.</summary>
    public static Refused? Page(Refusal refusal) => refusal switch
    {
        FlowRefusal.NotFound or PlanRefusal.NoSuchTiltak => Refused.NotFound,
        FlowRefusal.OwnWork or FlowRefusal.OwnWorkAlone => PostedRefusal.Final(refusal),
        _ when IsTooLate(refusal) => Refused.Conflict(RefusalText.Of(refusal)),
        _ => null,
    };

    /// <summary>The revision the form was opened on. A missing or broken one is none, and so never the plan's own.</summary>
    public static int Revision(IFormCollection form) =>
        int.TryParse(form["revisjon"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : -1;

    /// <summary>Whether the page was asked to show what is missing.</summary>
    public static bool IsChecked(HttpContext context) => context.Request.Query.ContainsKey("sjekk");

    /// <summary>What has just been done, to be said at the top of the page; null where nothing has.</summary>
    public static string? Message(HttpContext context, string parameter, string key) => context.Request.Query.ContainsKey(parameter) ? ShowPlan.Text(key) : null;
}

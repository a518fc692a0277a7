using Tilskudd.Cycle;
using Tilskudd.Layout;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>What is answered to a form when no correction in it would help.</summary>
internal static class PostedRefusal
{
    /// <summary>The error page, or null where the form can be shown again with what to put right.</summary>
    public static Refused? Final(Refusal refusal) => refusal switch
    {
        FlowRefusal.NotFound => Refused.NotFound,
        FlowRefusal.OwnWork or FlowRefusal.OwnWorkAlone => new Refused(StatusCodes.Status403Forbidden, RefusalText.Of(refusal)),
        FlowRefusal or DoorRefusal => Refused.Conflict(RefusalText.Of(refusal)),
        _ => null,
    };
}

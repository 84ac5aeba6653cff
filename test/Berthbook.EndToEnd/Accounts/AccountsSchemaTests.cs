using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Server.Accounts;

/// <summary>What EF Core takes the tables for is what the script makes them.</summary>
public class AccountsSchemaTests
{
    [Fact]
    public async Task Holds_the_model_to_the_script()
    {
        await using var own = await OwnServer.StartAsync();
        using var scope = own.Server.Services.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<AccountsContext>();
        var database = own.Server.Services.GetRequiredService<AccountsDatabase>();
        var tables = 0;
        foreach (var entity in context.Model.GetEntityTypes())
        {
            var table = entity.GetTableName()!;
            var model = entity
                .GetProperties()
                .Select(property =>
                    $"{property.GetColumnName()} {property.GetColumnType()} {(property.IsNullable ? "" : "NOT NULL")} key {property.IsPrimaryKey()}"
                )
                .Order(StringComparer.Ordinal);
            var script = database
                .Read(connection =>
                    connection.Query(
                        $"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')",
                        row =>
                            $"{row.GetString(0)} {row.GetString(1)} {(row.GetBoolean(2) ? "NOT NULL" : "")} key {row.GetInt32(3) > 0}"
                    )
                )
                .Order(StringComparer.Ordinal);
            Assert.Equal(script, model);
            tables++;
        }
        Assert.Equal(4, tables);
    }
}

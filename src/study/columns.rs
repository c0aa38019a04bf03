//! The runs of a study as a Parquet file: the columns of `runs.csv`, typed.

use super::Row;
use super::tables::metrics;
use parquet::basic::{ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};
use std::sync::Arc;

/// `runs.parquet`: texts, whole numbers and truths as such; a metric that a run does not have is null.
pub fn runs_parquet(rows: &[Row]) -> Vec<u8> {
    let mut file = Vec::new();
    match write(rows, &mut file) {
        Ok(()) => file,
        // Into memory, columns of one length and of the schema's types.
        Err(error) => unreachable!("{error}"),
    }
}

fn write(rows: &[Row], file: &mut Vec<u8>) -> Result<(), ParquetError> {
    let metrics = metrics(rows);
    let text = |name| field(name, Physical::BYTE_ARRAY, ConvertedType::UTF8, Repetition::REQUIRED);
    let plain = |name, physical| field(name, physical, ConvertedType::NONE, Repetition::REQUIRED);
    let mut fields = vec![text("district")?, text("policy")?, plain("seed", Physical::INT64)?, text("status")?];
    fields.extend([plain("proved", Physical::BOOLEAN)?, plain("kept", Physical::BOOLEAN)?]);
    for name in &metrics {
        fields.push(field(name, Physical::INT64, ConvertedType::NONE, Repetition::OPTIONAL)?);
    }
    let schema = Arc::new(Type::group_type_builder("runs").with_fields(fields).build()?);
    let mut writer = SerializedFileWriter::new(file, schema, Arc::default())?;
    let mut group = writer.next_row_group()?;
    let texts = |of: &dyn Fn(&Row) -> String| rows.iter().map(|row| Some(ByteArray::from(of(row).into_bytes()))).collect::<Vec<_>>();
    column::<ByteArrayType>(&mut group, texts(&|row| row.district.clone()))?;
    column::<ByteArrayType>(&mut group, texts(&|row| row.policy.clone()))?;
    column::<Int64Type>(&mut group, rows.iter().map(|row| Some(row.seed.cast_signed())))?;
    column::<ByteArrayType>(&mut group, texts(&|row| row.status.id().to_owned()))?;
    column::<BoolType>(&mut group, rows.iter().map(|row| Some(row.proved)))?;
    column::<BoolType>(&mut group, rows.iter().map(|row| Some(row.kept)))?;
    for name in &metrics {
        column::<Int64Type>(&mut group, rows.iter().map(|row| row.metrics.get(*name).copied()))?;
    }
    group.close()?;
    writer.close()?;
    Ok(())
}

fn field(name: &str, physical: Physical, converted: ConvertedType, repetition: Repetition) -> Result<TypePtr, ParquetError> {
    let field = Type::primitive_type_builder(name, physical).with_converted_type(converted).with_repetition(repetition);
    Ok(Arc::new(field.build()?))
}

/// The next column of the group; a level of 1 says that there is a value.
fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<&mut Vec<u8>>,
    cells: impl IntoIterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let cells: Vec<Option<T::T>> = cells.into_iter().collect();
    let there: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    column.typed::<T>().write_batch(&values, Some(&there), None)?;
    column.close()
}
